"""Measures the tagger on a published review against codes a person gave blind.

Usage: python -m tools.measure_review REVIEW.txt [--codes CODES.jsonl] [--spans]

Codes are lines of {"id", "themes"}, the ids those of `tools.list_statements`. Only coded statements are scored; spans
are counted in the whole review. Printed for rules, then for rules and models together if any were learned. With
--spans each span of a finding is printed with its statement.
"""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from analysis.codebook import Codebook, load
from analysis.pipeline import Tag
from analysis.pipeline.tagger import Tagger
from tools.list_statements import Listed, listed

ROOT = Path(__file__).resolve().parents[1]
MODELS = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
CODES = ROOT / "tests" / "analysis" / "data" / "review_2020_codes.jsonl"


@dataclass(frozen=True)
class Score:
    """How often tags and codes agree on a theme: in both, in the tags only, in the codes only."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of tags that the person gave too; 1 where nothing was tagged."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the person's codes that were tagged; 1 where there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True)
class Span:
    """The words that earned a statement a theme."""

    statement: Listed
    tag: Tag
    words: str = field(repr=False)


@dataclass(frozen=True)
class Measured:
    """Scores of the numbered findings, all of them together, and every span found."""

    themes: Mapping[str, Score]
    micro: Score
    spans: Mapping[str, Sequence[Span]]
    coded: int


def measure(review: str, codes: Mapping[str, frozenset[str]], book: Codebook, tagger: Tagger | None = None) -> Measured:
    """Tag a review paragraph by paragraph, by rules unless a tagger is given, and compare coded statements."""
    core = [theme.slug for theme in book.core()]
    statements = list(listed(review))
    spans = _spans(statements, tagger or Tagger(book))
    tagged: dict[str, set[str]] = defaultdict(set)
    for span in spans:
        tagged[span.statement.id].add(span.tag.theme)
    known = {statement.id for statement in statements} & set(codes)
    scores = {slug: _score(slug, known, tagged, codes) for slug in core}
    by_theme = {slug: [span for span in spans if span.tag.theme == slug] for slug in core}
    return Measured(scores, _sum(scores.values()), by_theme, len(known))


def read_codes(path: Path) -> dict[str, frozenset[str]]:
    """The themes of each coded statement, by its id."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {line["id"]: frozenset(line["themes"]) for line in lines}


def _spans(statements: Iterable[Listed], tagger: Tagger) -> list[Span]:
    analysed = cache(lambda text: tagger.tag([text])[0].tags)
    return [
        Span(statement, tag, statement.part.text[tag.start : tag.end])
        for statement in statements
        for tag in analysed(statement.part.text)
        if statement.start <= tag.start < statement.end
    ]


def _score(slug: str, ids: Iterable[str], tagged: Mapping[str, set[str]], codes: Mapping[str, frozenset[str]]) -> Score:
    pairs = Counter((slug in tagged.get(one, ()), slug in codes[one]) for one in ids)
    return Score(right=pairs[True, True], wrong=pairs[True, False], missed=pairs[False, True])


def _sum(scores: Iterable[Score]) -> Score:
    every = list(scores)
    return Score(*(sum(getattr(score, name) for score in every) for name in ("right", "wrong", "missed")))


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 0 if it could be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("review", type=Path)
    parser.add_argument("--codes", type=Path, default=CODES)
    parser.add_argument("--spans", action="store_true")
    options = parser.parse_args(arguments)
    review, codes, book = options.review.read_text(encoding="utf-8"), read_codes(options.codes), load()
    tagger = Tagger.load(MODELS, book)
    ways = {"RULES": Tagger(book), "RULES AND MODELS": tagger} if tagger.models else {"RULES": tagger}
    for name, way in ways.items():
        print(f"\n{name} ({way.id})")
        done = measure(review, codes, book, way)
        _print_table(done)
        if options.spans:
            _print_spans(done)
    return 0


def _print_table(done: Measured) -> None:
    print(f"{done.coded} coded statements of the review")
    print(f"{'finding':28}{'coded':>7}{'precision':>11}{'recall':>8}{'F1':>6}{'spans in all':>14}")
    for slug, score in done.themes.items():
        print(f"{slug:28}{_row(score)}{len(done.spans[slug]):>14}")
    print(f"{'all thirteen':28}{_row(done.micro)}{sum(map(len, done.spans.values())):>14}")


def _row(score: Score) -> str:
    coded = score.right + score.missed
    if not coded:
        return f"{coded:>7}{'-':>11}{'-':>8}{'-':>6}"  # nothing to find in the sample, so nothing to say
    return f"{coded:>7}{score.precision:>11.2f}{score.recall:>8.2f}{score.f1:>6.2f}"


def _print_spans(done: Measured) -> None:
    for slug, spans in done.spans.items():
        print(f"\n{slug}")
        for span in spans:
            print(f"  {span.tag.valence:10} {span.statement.id}  {span.words!r}\n{'':14}{span.statement.text}")


if __name__ == "__main__":
    sys.exit(main())
