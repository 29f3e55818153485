"""Prints how much of what should be hidden is hidden, and how many plain words are hidden with it.

    python -m tools.measure_redaction [FILE.jsonl ...] [--misses] [--tuning]

Without a file it measures the project's own fictional cases and, where the reference material lies beside the
checkout, the development files. `--misses` also prints what was missed: use it on fictional texts only.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from feedback.redaction import Span, redact

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "feedback" / "data" / "redaction_cases.yaml"
SHARED = ROOT.parent / "shared" / "data"
# A span counts as found when this share of its characters is hidden.
HIT = 0.85

_MARKUP = re.compile(r"\{([^|{}]+)\|([A-Z_]+)\}")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Case:
    """A text and what should be hidden in it."""

    group: str
    text: str = field(repr=False)
    spans: tuple[Span, ...]


@dataclass
class Score:
    """Counts over a set of cases."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted_by_group: Counter[str] = field(default_factory=Counter)
    found_by_group: Counter[str] = field(default_factory=Counter)
    plain_words: int = 0
    plain_words_hidden: int = 0
    suggested: int = 0
    suggested_rightly: int = 0
    texts: int = 0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list, repr=False)
    overdone: list[str] = field(default_factory=list, repr=False)

    def recall(self, kind: str) -> float:
        """The share of spans of a kind that were hidden, 0 to 1."""
        return self.found[kind] / self.wanted[kind]

    def group_recall(self, group: str) -> float:
        """The share of names hidden in a group of cases, 0 to 1."""
        return self.found_by_group[group] / self.wanted_by_group[group]

    @property
    def plain_share_hidden(self) -> float:
        """The share of words outside every wanted span that were hidden, 0 to 1."""
        return self.plain_words_hidden / max(self.plain_words, 1)


def parse_case(group: str, marked: str) -> Case:
    """The case behind a text in which {words|KIND} says what to hide."""
    text, spans, done = "", [], 0
    for match in _MARKUP.finditer(marked):
        text += marked[done : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        done = match.end()
    return Case(group, text + marked[done:], tuple(spans))


def own_cases(part: str) -> list[Case]:
    """The fictional cases of one part, "tuning" or "held_out"."""
    groups = yaml.safe_load(CASES.read_text(encoding="utf-8"))[part]
    return [parse_case(group, marked) for group, texts in groups.items() for marked in texts]


def cases_of_file(path: Path) -> Iterator[Case]:
    """Yields the cases of a file of {"text", "spans": [[start, end, kind]]} lines; without spans all is plain."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            yield Case("all", entry["text"], tuple(Span(*span) for span in entry.get("spans", ())))


def measure(cases: Iterable[Case]) -> Score:
    """Redacts every case and counts."""
    redact("warm up")
    score = Score()
    for case in cases:
        start = time.process_time()
        hidden = redact(case.text).spans
        score.seconds += time.process_time() - start
        score.texts += 1
        _count_wanted(score, case, hidden)
        _count_plain(score, case, hidden)
    return score


def _count_wanted(score: Score, case: Case, hidden: tuple[Span, ...]) -> None:
    covered = {place for span in hidden for place in range(span.start, span.end)}
    for span in case.spans:
        share = len(covered.intersection(range(span.start, span.end))) / (span.end - span.start)
        score.wanted[span.kind] += 1
        score.wanted_by_group[case.group] += 1
        if share >= HIT:
            score.found[span.kind] += 1
            score.found_by_group[case.group] += 1
        else:
            score.missed.append(f"{span.kind}: {case.text[span.start : span.end]!r} in {case.text[:160]!r}")


def _count_plain(score: Score, case: Case, hidden: tuple[Span, ...]) -> None:
    score.suggested += len(hidden)
    score.suggested_rightly += sum(_touch(span, case.spans) for span in hidden)
    for match in _WORD.finditer(case.text):
        word = Span(*match.span(), "")
        if _touch(word, case.spans):
            continue
        score.plain_words += 1
        if _touch(word, hidden):
            score.plain_words_hidden += 1
            around = case.text[max(0, word.start - 60) : word.end + 40]
            score.overdone.append(f"{match.group()!r} in {around!r}")


def _touch(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def report(title: str, score: Score) -> Iterator[str]:
    """Yields the lines of a report on one set."""
    yield f"{title}: {score.texts} texts, {score.texts / max(score.seconds, 1e-9):,.0f} texts a processor-second"
    for kind, wanted in score.wanted.most_common():
        yield f"  {kind:18} {score.found[kind]:5} of {wanted:5}  {score.recall(kind):7.1%}"
    if score.wanted:
        yield f"  suggestions that touch a wanted span: {score.suggested_rightly} of {score.suggested}"
    yield f"  plain words hidden: {score.plain_words_hidden} of {score.plain_words}  {score.plain_share_hidden:.2%}"
    if len(score.wanted_by_group) > 1:
        yield "  by group: " + ", ".join(f"{name} {score.group_recall(name):.0%}" for name in score.wanted_by_group)


def _sets(files: list[Path]) -> Iterator[tuple[str, Iterable[Case]]]:
    if files:
        yield from ((path.name, cases_of_file(path)) for path in files)
        return
    yield "own cases, tuning", own_cases("tuning")
    yield "own cases, held out", own_cases("held_out")
    yield "own cases, blind", own_cases("blind")
    for name in ("pii-synthetic-dev.jsonl", "nhs-feedback-dev.jsonl"):
        if (SHARED / name).is_file():
            yield name, cases_of_file(SHARED / name)


def main() -> None:
    """Measures each set and prints its report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="lines of {text, spans}; else the known sets")
    parser.add_argument("--misses", action="store_true", help="print what was missed and what was hidden needlessly")
    chosen = parser.parse_args()
    for title, cases in _sets(chosen.files):
        score = measure(cases)
        print("\n".join(report(title, score)), flush=True)
        if chosen.misses:
            print("\n".join(["  missed", *score.missed, "  hidden needlessly", *score.overdone]), flush=True)


if __name__ == "__main__":
    main()
