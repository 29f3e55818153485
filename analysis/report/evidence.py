"""Which reviewed words stand beside the figures: agreed to be quoted, few for each theme, drawn by lot.

The words stay in their passage. A quote is a row that points at it and goes when it goes.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from analysis.coding.standing import Codes
from analysis.disclosure.published import Kind
from analysis.editions import current
from analysis.models import Coding, PassageTag, Release, ReleasedQuote
from analysis.report.frozen import Report
from analysis.report.tabulating import Heard, valence_of
from feedback.models import Use

MOST_EACH = 3  # for each theme and valence
END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def choose(release: Release, report: Report, heard: list[Heard], categories: dict[str, str]) -> list[ReleasedQuote]:
    """The quotes of a release, not saved yet: drawn by its hash, from contributions it counts, one from each."""
    counted = {one.id: one for one in heard if one.left_out is None}
    taken: Counter[tuple[str, str]] = Counter()
    used: set[tuple[str, object]] = set()
    chosen = []
    for tag in _drawn(release, [row.slug for row in report.first_hand.raised() if row.total and row.total.figure]):
        one = counted.get(tag.reading.passage.contribution_id)
        place = (tag.theme, valence_of([tag.valence]))
        if one is None or taken[place] >= MOST_EACH or (tag.theme, one.id) in used:
            continue
        taken[place] += 1
        used.add((tag.theme, one.id))
        chosen.append(_quote(release, tag, one, _crime_type(report, one, categories)))
    return chosen


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentence or sentences that a span lies in."""
    breaks = [(found.start(), found.end()) for found in END_OF_SENTENCE.finditer(text)]
    first = max((after for _, after in breaks if after <= start), default=0)
    last = min((before for before, _ in breaks if before >= end), default=len(text))
    return first, last


def _drawn(release: Release, themes: list[str]) -> Iterator[PassageTag]:
    """The tags that may be shown, in the order of the lot; none that a person who coded the words did not find."""
    path = "reading__passage__decision__sealed_text__contribution"
    tags = PassageTag.objects.filter(theme__in=themes, **{f"{path}__consultation": release.consultation_id})
    may = tags.filter(**{f"{path}__may_{Use.QUOTE.value}": True, f"{path}__may_{Use.STATISTICS.value}": True})
    codes = Codes.of(Coding.objects.filter(passage__contribution__consultation=release.consultation_id))
    now = current().now
    drawn = [
        tag
        for tag in may.select_related("reading__passage")
        if not codes.contradict(tag.reading_id, tag.start, tag.theme, now)
    ]
    return iter(sorted(drawn, key=lambda tag: _lot(release.sha256, tag)))


def _lot(seed: str, tag: PassageTag) -> bytes:
    return hashlib.sha256(f"{seed}:{tag.pk}".encode()).digest()


def _quote(release: Release, tag: PassageTag, one: Heard, crime_type: str) -> ReleasedQuote:
    passage = tag.reading.passage
    start, end = sentence_around(passage.text, tag.start, tag.end)
    return ReleasedQuote(
        release=release,
        passage=passage,
        theme=tag.theme,
        valence=valence_of([tag.valence]),
        start=start,
        end=end,
        voice=one.voice,
        crime_type=crime_type,
    )


def _crime_type(report: Report, one: Heard, categories: dict[str, str]) -> str:
    """What kind of crime it was, where the release says how many chose it."""
    if report.breakdown != "crime-type" or report.sizes is None or one.category not in categories:
        return ""
    (cell,) = report.sizes.column(one.category)
    return categories[one.category] if cell.kind is Kind.FIGURE else ""
