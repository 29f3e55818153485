"""What a screen may say about a sealed text: everything but its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import get_language_info

from feedback import triage
from feedback.intake import NOT_JUDGED
from feedback.models import Contribution, SealedText, Use
from feedback.redaction.spans import Span

# Bytes of ciphertext, with room for the seal's own few: texts are padded to four sizes, so no more can be told.
SIZES = ((5 * 1024, "Short"), (17 * 1024, "Medium"), (66 * 1024, "Long"))
LONGEST_SIZE = "Very long"
# The languages people here write in that Django has no name for, or another than people here use.
LANGUAGE_NAMES = {
    "am": "Amharic",
    "gu": "Gujarati",
    "ku": "Kurdish",
    "mis": "Another language",
    "pa": "Panjabi",
    "ps": "Pashto",
    "so": "Somali",
}
ACT_IF_NOT_JUDGED = "No rule could judge the words when they came in, or none knows the language. Somebody reads them."


@dataclass(frozen=True)
class Mark:
    """One triage flag in words: what was seen and what to do."""

    name: str
    act: str


@dataclass(frozen=True)
class Piece:
    """A stretch of an opened text; `kind` is set where the machine suggests hiding it."""

    text: str = field(repr=False)
    kind: str = ""


def sized(texts: Any) -> Any:
    """The sealed texts with their `size` in bytes, read without their ciphertext."""
    return texts.annotate(size=Length("ciphertext")).defer("ciphertext").select_related("contribution__consultation")


def size_in_words(text: SealedText) -> str:
    """How long a text is, as far as its padding tells."""
    size: int = text.size  # type: ignore[attr-defined]
    return next((words for most, words in SIZES if size <= most), LONGEST_SIZE)


def age_in_words(received_on: date) -> str:
    """How long something has waited, in whole days: "Today", "1 day", "12 days"."""
    days = (timezone.localdate() - received_on).days
    return "Today" if days < 1 else "1 day" if days == 1 else f"{days} days"


def language_in_words(tag: str) -> str:
    """The English name of a language, with its letters where they are not its own, or its tag where it has no name."""
    language, *more = tag.split("-")
    name = LANGUAGE_NAMES.get(language.lower()) or _name_django_knows(language.lower()) or tag
    return f"{name}, in Roman letters" if "Latn" in more else name


def _name_django_knows(language: str) -> str:
    try:
        return str(get_language_info(language)["name"])
    except KeyError:
        return ""


def uses_in_words(contribution: Contribution) -> list[str]:
    """What the contributor agreed to."""
    return [str(use.label) for use in Use if use in contribution.uses]


def marks(flags: Sequence[str]) -> list[Mark]:
    """The triage flags of a contribution with what each asks for, in the order of the codebook."""
    known = [Mark(flag_in_words(flag.slug), flag.act) for flag in triage.rules().flags if flag.slug in flags]
    return [*known, Mark("Not judged", ACT_IF_NOT_JUDGED)] if NOT_JUDGED in flags else known


def flag_in_words(slug: str) -> str:
    """A flag's name in the form a person reads: "immediate-danger" is "Immediate danger"."""
    return slug.replace("-", " ").capitalize()


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text cut at the suggested redactions, in order, nothing left out."""
    parts: list[Piece] = []
    done = 0
    for span in sorted(spans):
        parts += [Piece(text[done : span.start]), Piece(text[span.start : span.end], span.kind)]
        done = span.end
    return [piece for piece in [*parts, Piece(text[done:])] if piece.text]
