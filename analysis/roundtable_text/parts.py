"""Names each paragraph's kind and the heading it stands under."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby, zip_longest

from analysis.roundtable_text.lines import quote_balance
from analysis.roundtable_text.pages import blocks, is_unwrapped
from analysis.roundtable_text.paragraphs import Paragraph, paragraphs


class Kind(StrEnum):
    """What a part is; the values are those stored with it."""

    BODY = "body"
    QUOTATION = "quotation"
    HEADING = "heading"
    RECOMMENDATION = "recommendation"
    ANNEX = "annex"
    FURNITURE = "furniture"


# Only what people said or what was said of it is tagged.
TAGGED = frozenset({Kind.BODY, Kind.QUOTATION})
LONGEST_SECTION = 300

_ANNEX = re.compile(r"^(?:annex|appendix)(?:\s+(?:\d+|[A-Z]))?\s*[:.–-]?(?:\s|$)", re.IGNORECASE)
_ITEM = re.compile(r"^(?:•|-\s|–\s|\d{1,2}[.)]\s)\s*")
_RECOMMENDING = re.compile(
    r"\b(?:recommendations?|will respond|we will|our response|next steps|action plan|commitments?)\b", re.IGNORECASE
)
_OBJECTIVE = re.compile(r"^(?:objective|recommendation|action)\s*\d*\s*[:.–-]\s*", re.IGNORECASE)
_ORDER = re.compile(
    r"^(?:(?:the )?[A-Z][\w’]*(?: [A-Z][\w’]*){0,2} to )?(?:ensure|develop|review|confirm|provide|require|include|"
    r"look to|engage|utilise|use|establish|strengthen|improve|continue|work with|support|commission(?:ing)?|create|"
    r"promote|increase|explore|identify|implement|undertake|oversee|complete|raise|campaign|build|deliver|embed|monitor|map|"
    r"expand|hold|introduce|encourage|lobby|lead|enhance|publish|with the)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """One paragraph of a published record, its kind, and the heading it stands under."""

    kind: Kind
    section: str = field(repr=False)
    text: str = field(repr=False)


def read(text: str) -> list[Part]:
    """The parts of a document in reading order; nothing printed is lost, furniture and repeats keep their kind."""
    found = paragraphs(blocks(text), is_unwrapped=is_unwrapped(text))
    reader = _Reader()
    named = [reader.part(one, after) for one, after in zip_longest(found, found[1:]) if one]
    return _without_repeats(part for run in _lists(named) for part in _agreed(run))


class _Reader:
    """Walks down the document, remembering the heading it is under."""

    def __init__(self) -> None:
        self.section = ""
        self.is_annex = False
        self.is_recommending = False
        self.is_after_quotation = False

    def part(self, paragraph: Paragraph, following: Paragraph | None) -> Part:
        """The paragraph with its kind; `following` tells a speaker's name below a quotation from a title."""
        kind = self._kind(paragraph)
        if kind is Kind.HEADING and self.is_after_quotation and following and _goes_on_quoting(following):
            kind = Kind.FURNITURE
        if kind is not Kind.FURNITURE:
            self.is_after_quotation = kind is Kind.QUOTATION
        if kind is Kind.HEADING or _ANNEX.match(paragraph.text):
            self.section = paragraph.text[:LONGEST_SECTION].rstrip(" ;:")
        return Part(kind, self.section, paragraph.text)

    def _kind(self, paragraph: Paragraph) -> Kind:
        if paragraph.is_furniture:
            return Kind.FURNITURE
        text = paragraph.text
        if self.is_annex or (_ANNEX.match(text) and len(text) < LONGEST_SECTION // 3):
            self.is_annex = True
            return Kind.ANNEX
        if paragraph.is_title:
            self.is_recommending = bool(_RECOMMENDING.search(text)) or self.is_recommending
            return Kind.HEADING
        return self._kind_of_words(text)

    def _kind_of_words(self, text: str) -> Kind:
        if text[0] in '“"' and quote_balance(text) <= 0:
            return Kind.QUOTATION
        if self._recommends(text):
            return Kind.RECOMMENDATION
        # Prose after the list ends the recommendations, unless it introduces one.
        self.is_recommending = bool(_RECOMMENDING.search(text)) and text.endswith(".") and self.is_recommending
        return Kind.BODY

    def _recommends(self, text: str) -> bool:
        item = _ITEM.match(text)
        if not item:
            return False
        words = text[item.end() :]
        # A numbered point may be a finding, so elsewhere only a bullet may give an order without saying what it is.
        is_order = not item.group()[0].isdigit() and bool(_ORDER.match(words))
        return self.is_recommending or is_order or bool(_OBJECTIVE.match(words))


def _goes_on_quoting(following: Paragraph) -> bool:
    return following.is_title or following.text[:1] in '“"'


def _lists(parts: Iterable[Part]) -> list[list[Part]]:
    return [list(run) for _, run in groupby(parts, key=_is_list_item)]


def _is_list_item(part: Part) -> bool:
    return part.kind in {Kind.BODY, Kind.RECOMMENDATION} and part.text.startswith("•")


def _agreed(run: list[Part]) -> list[Part]:
    """Every item of a list is a recommendation where most are."""
    orders = sum(part.kind is Kind.RECOMMENDATION for part in run)
    if not _is_list_item(run[0]) or 2 * orders <= len(run):
        return run
    return [replace(part, kind=Kind.RECOMMENDATION) for part in run]


def _without_repeats(parts: Iterable[Part]) -> list[Part]:
    """A recommendation or quotation printed a second time becomes furniture."""
    seen: set[tuple[Kind, str]] = set()
    out: list[Part] = []
    for part in parts:
        key = (part.kind, " ".join(part.text.lower().split()))
        is_repeat = part.kind in {Kind.RECOMMENDATION, Kind.QUOTATION} and key in seen
        seen.add(key)
        out.append(replace(part, kind=Kind.FURNITURE) if is_repeat else part)
    return out
