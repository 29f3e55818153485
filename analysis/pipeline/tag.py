"""Tags a text: statements, the themes in each, how each experience was, and the words that show it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from analysis.codebook import Codebook
from analysis.pipeline import valence
from analysis.pipeline.reading import Read, read_text
from analysis.pipeline.results import Analysis, Statement, Tag
from analysis.pipeline.rules import Hit, compile_rules
from analysis.pipeline.tokens import Words

PIPELINE_ID = "rules-v2"
LONGEST_EVIDENCE = 12  # words; a reader should see at once what shows the theme


def analyse(text: str, codebook: Codebook, *, asked: str = "") -> Analysis:
    """The statements of a text and the themes in each.

    `asked` is the valence the form's question implies: "praise", "problem", "suggestion" or "". It decides only where
    the words do not.
    """
    return analysed(read_text(text, compile_rules(codebook)), asked)


def analysed(read: Read, asked: str = "") -> Analysis:
    """What `analyse` says of a text that was read."""
    return Analysis(read.statements, tuple(_tags(read.words, read.statements, read.hits, asked)))


def _tags(read: Words, said: Sequence[Statement], hits: Sequence[Hit], asked: str) -> list[Tag]:
    starts = [statement.start for statement in said]
    grouped: dict[int, dict[str, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    markers: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        number = bisect_right(starts, read.starts[hit.first]) - 1
        (markers[number] if hit.kind == "marker" else grouped[number][hit.theme]).append(hit)
    tags = [
        _tag(theme, hits, markers[number], read, asked)
        for number, themes in grouped.items()
        for theme, hits in themes.items()
        if not any(hit.kind == "unless" for hit in hits)
    ]
    return sorted(tags, key=lambda tag: (tag.start, tag.end, tag.theme))


def _tag(theme: str, hits: list[Hit], markers: list[Hit], read: Words, asked: str) -> Tag:
    best = min(hits, key=_evidence)
    told = valence.of_hits(hits, markers, read, asked)
    return Tag(
        theme=theme,
        valence=told.valence,
        score=None,
        source="rule",
        start=read.starts[best.first],
        end=read.ends[best.last],
        ground=told.ground,
    )


def _evidence(hit: Hit) -> tuple[bool, bool, int, int]:
    """Sorts hits as evidence: told before mentioned, short enough before too long, then the fullest, then the first."""
    length = hit.last - hit.first + 1
    is_long = length > LONGEST_EVIDENCE
    return hit.kind == "mention", is_long, length if is_long else -length, hit.first
