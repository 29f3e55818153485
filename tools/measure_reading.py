"""Prints the reading age of every page a respondent meets: `python -m tools.measure_reading [--blocks]`.

The pages are those of the demonstration, rendered in an empty folder of their own. A block is a paragraph or a whole
list of 30 words or more. The reading age is the Flesch-Kincaid grade plus five, with 9 as the aim. Names and numbers of
support services and of offices are left out: they are not ours to shorten.
"""

import argparse
import os
import sys
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import textstat

if TYPE_CHECKING:
    from django.http import HttpRequest

    from feedback.models import Consultation
    from surveys.journey.progress import Progress
    from surveys.models import SurveyVersion

ROOT = Path(__file__).resolve().parents[1]
AIM = 9.0
EASY = "Easy Read"  # what the names of its pages begin with
EASY_AIM = 7.0
SCHOOL_BEGINS_AT = 5  # years: a child in the first grade is six, in grade 0 five
SHORTEST_BLOCK = 30  # words; the figure of a single short sentence says nothing
# Why some stay above the aim, by the beginning of their name.
REASONS = {
    "  Told nothing. It deletes": "a list of our programs, one short line each, measured here as if it were one text",
    "journey VE-": "names what it asks about, or the points of a scale, in the words of national surveys",
    "  Who is asking.": "the office's name and dates",
    "  People read what comes in": "the office's own words for its hours",
    "  We ask this of everyone who has help": "names who may be helping, interpreters too",
    "  If more than one happened": "the kinds of crime by the names the law and the helplines use",
}
# The pages that end a sitting, or belong to none.
ENDS = ("sent", "deleted", "gone", "idle", "too_late", "too_long", "closed", "not_taken", "nothing_here")
# What ends a block; a list is one block, because its items are read as one.
BLOCKS = frozenset({"p", "ul", "ol", "dl", "h1", "h2", "h3", "summary", "fieldset", "details"})
SENTENCES = BLOCKS | {"li", "dt", "dd", "label", "div", "legend", "button", "br"}
WITHOUT_END = frozenset({"input", "br", "link", "meta", "img"})
LEFT_OUT = frozenset({"heard-services", "heard-footer", "heard-help", "govuk-visually-hidden", "heard-idle"})


@dataclass(frozen=True)
class Measured:
    """A page or a block, its length in words and its reading age in years."""

    name: str
    words: int
    age: float

    @property
    def is_outlier(self) -> bool:
        """Whether it is harder to read than we aim for; of fewer words than a block has, no figure means anything."""
        return self.age > AIM and self.words >= SHORTEST_BLOCK

    @property
    def reason(self) -> str:
        """Why it stays so, or nothing where nobody has given a reason."""
        return next((why for start, why in REASONS.items() if self.name.startswith(start)), "")

    def __str__(self) -> str:
        said = f"{self.age:5.1f} {self.words:5}  {self.name}"
        return f"{said} [{self.reason or 'MEND THIS'}]" if self.is_outlier else said


class Blocks(HTMLParser):
    """The running text of a page's main part, block by block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._text: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, and note whether it is to be left out."""
        self._border(tag)
        if tag not in WITHOUT_END:
            classes = (dict(attrs).get("class") or "").split()
            self._open.append((tag, bool(LEFT_OUT & set(classes)) or tag in {"script", "button"}))

    def handle_endtag(self, tag: str) -> None:
        """End the element and whatever was left open in it."""
        self._border(tag)
        if tag in {name for name, _ in self._open}:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Text that is read, if it stands in the main part."""
        tags = {tag for tag, _ in self._open}
        if "main" in tags and not any(is_out for _, is_out in self._open):
            self._text.append(data)

    def _border(self, tag: str) -> None:
        in_list = any(name in {"ul", "ol"} for name, _ in self._open)
        if tag in BLOCKS and not (in_list and tag not in {"ul", "ol"}):
            self._flush()
        elif tag in SENTENCES:
            self._text.append("\n")

    def _flush(self) -> None:
        lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
        text = " ".join(line if line[-1] in ".?!:" else f"{line}." for line in lines if line)
        if text:
            self.found.append(text)
        self._text = []


def reading_age(text: str) -> float:
    """Years of age at which the text is read with ease."""
    textstat.set_lang("en_GB")
    return float(textstat.flesch_kincaid_grade(text)) + SCHOOL_BEGINS_AT


def measure(name: str, html: str) -> list[Measured]:
    """The page as a whole, then each of its longer blocks."""
    blocks = Blocks(html).found
    long = [text for text in blocks if len(text.split()) >= SHORTEST_BLOCK]
    whole = [Measured(name, len(" ".join(blocks).split()), reading_age(" ".join(blocks)))]
    return whole + [Measured(f"  {text[:70]}", len(text.split()), reading_age(text)) for text in long]


def main(argv: Sequence[str] | None = None) -> int:
    """Print each page, its harder blocks with the reason, and how many there are; 1 if one has no reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", action="store_true", help="print every block, not only those above the aim")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        found = [measure(name, html) for name, html in pages()]
    for page, *blocks in found:
        print(page)
        for block in blocks:
            if block.is_outlier or options.blocks:
                print(block)
    return summarise([page for page, *_ in found], [block for _, *blocks in found for block in blocks])


def survey_pages(request: "HttpRequest", version: "SurveyVersion") -> Iterator[tuple[str, str]]:
    """Each place and each question of one survey, in usual words and, where it is offered, in Easy Read."""
    from surveys import formats  # noqa: PLC0415
    from surveys.facets import Mode  # noqa: PLC0415
    from surveys.journey import drafts, pages  # noqa: PLC0415
    from surveys.journey.progress import definition_of  # noqa: PLC0415

    progress = drafts.load(drafts.start(version))
    if progress is None:
        return
    for place in [*pages.TEMPLATES, *(question.id for question in progress.definition.questions)]:
        yield f"journey {place or 'start'}", pages.show(request, progress, place).content.decode()
    if Mode.EASY in formats.offered(definition_of(version)):
        yield from easy_pages(request, progress)


def easy_pages(request: "HttpRequest", progress: "Progress") -> Iterator[tuple[str, str]]:
    """The same pages in Easy Read, with the confirmation."""
    from surveys.facets import Mode  # noqa: PLC0415
    from surveys.journey import drafts, pages  # noqa: PLC0415

    drafts.change_mode(progress, Mode.EASY)
    easy = drafts.load(progress.sitting)
    if easy is None:
        return
    for place in [*pages.TEMPLATES, *(question.id for question in easy.definition.questions)]:
        yield f"{EASY} {place or 'start'}", pages.show(request, easy, place).content.decode()
    for name in (*ENDS, "already_open"):
        yield f"{EASY}, {name}", pages.show_end(request, name, easy.consultation, progress=easy).content.decode()
    sending = pages.show_end(request, "gone", progress=easy, was_sending=True)
    yield f"{EASY}, gone while sending", sending.content.decode()
    drafts.change_mode(progress, Mode.STANDARD)


def summarise(whole: Sequence[Measured], blocks: Sequence[Measured]) -> int:
    """Print how many pages and blocks are above the aim; 1 if one of them is so without a reason."""
    hard = [[one for one in measured if one.is_outlier] for measured in (whole, blocks)]
    easy = [page for page in whole if page.name.startswith(EASY)]
    if easy:
        mean = sum(page.age * page.words for page in easy) / sum(page.words for page in easy)
        above = [page for page in easy if page.age > EASY_AIM]
        long = [page for page in above if page.words >= SHORTEST_BLOCK]
        print(
            f"\nEasy Read: {len(easy)} pages, reading age {mean:.1f} over all words, {len(above)} above {EASY_AIM:g},"
        )
        print(
            f"{len(above) - len(long)} of them of fewer than {SHORTEST_BLOCK} words, too few for a figure; the others:"
        )
        for page in long:
            print(page)
    print(f"\nabove {AIM:g}: {len(hard[0])} of {len(whole)} pages, {len(hard[1])} of {len(blocks)} longer blocks")
    return 1 if any(not one.reason for one in hard[0] + hard[1]) else 0


def set_up(folder: Path) -> None:
    """Django in an empty folder, with the demonstration's content and nobody's words."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["HEARD_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django  # noqa: PLC0415 - needs the environment above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    load()


def load() -> None:
    """The demonstration's office, survey and pages."""
    from config.demo.loading import load_content  # noqa: PLC0415 - needs Django
    from config.demo.people import make_people  # noqa: PLC0415
    from feedback.keys import prepare_periods  # noqa: PLC0415

    prepare_periods()
    load_content(make_people())


def pages() -> Iterator[tuple[str, str]]:
    """Every public page and every page of the journey, by name, as its HTML."""
    yield from public_pages()
    yield from journey_pages()


def public_pages() -> Iterator[tuple[str, str]]:
    """What stands outside the journey, from the front page to "page not found"."""
    from django.test import Client  # noqa: PLC0415
    from wagtail.models import Page  # noqa: PLC0415

    client = Client(SERVER_NAME="localhost")
    addresses = [page.url for page in Page.objects.live().filter(depth__gt=1).specific()]
    for address in [*addresses, "/kept/", "/nowhere/"]:
        yield address, client.get(address).content.decode()


def journey_pages() -> Iterator[tuple[str, str]]:
    """Each place and each question of each survey as somebody meets it, then the pages that end a sitting."""
    from django.test import RequestFactory  # noqa: PLC0415

    from feedback.models import Consultation  # noqa: PLC0415
    from surveys.journey import pages  # noqa: PLC0415
    from surveys.models import SurveyVersion  # noqa: PLC0415

    request = RequestFactory().get("/form/")
    for version in SurveyVersion.objects.select_related("survey__consultation__organisation"):
        yield from survey_pages(request, version)
    consultation = Consultation.objects.select_related("organisation").order_by("pk")[0]
    for name in ENDS:
        html = pages.show_end(request, name, consultation).content.decode()
        yield f"journey, {name}", html
    for name, context in returning_pages(consultation):
        page = pages.show_end(request, f"returning/{name.split()[0]}", consultation, **context)
        yield f"words, {name}", page.content.decode()


def returning_pages(consultation: "Consultation") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each page that six words lead to, by its template and what is special about it, with what it is told."""
    from django.utils import timezone  # noqa: PLC0415

    from feedback.models import Use  # noqa: PLC0415
    from surveys.returning import uses  # noqa: PLC0415
    from surveys.returning.following import Became, Noted, Report  # noqa: PLC0415
    from surveys.returning.reasons import REASONS  # noqa: PLC0415
    from surveys.returning.receipts import Receipt  # noqa: PLC0415

    today = timezone.localdate()
    told = {"choices": uses.choices({Use.STATISTICS, Use.QUOTE})}
    reports = tuple(Report("Theme report", today, reason) for reason in REASONS.values())
    noted = (Noted("Being told what happens", is_reviewed=True), Noted("Being believed", is_reviewed=False))
    for name, agreed, removed_on in (("", {Use.QUOTE}, None), (" kept", set(Use), None), (" removed", set(), today)):
        receipt = Receipt(uuid.uuid4(), consultation, today, True, False, frozenset(agreed), removed_on)
        yield f"receipt{name}", {**told, "receipt": receipt}
    for name in ("uses", "warned", "withdraw", "withdrawn", "unknown", "ask", "later"):
        yield name, told
    yield "became", {"became": Became(noted, reports), "is_agreed": True, "is_removed": False}
    yield "became of nothing", {"became": Became(), "is_agreed": False, "is_removed": True}


if __name__ == "__main__":
    sys.exit(main())
