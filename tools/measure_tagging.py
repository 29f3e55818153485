"""Prints how well the tagger finds themes and valence in the project's own fictional statements.

    python -m tools.measure_tagging            figures for the part rules are tuned on, the part held out, the blind set
    python -m tools.measure_tagging --show     also every statement of the tuned part that is tagged wrongly

A third of the statements, chosen by the hash of their text, is held out: nobody looks at it when writing patterns.
The blind set was written by someone who saw neither cues nor patterns, and nothing is ever tuned to it: its figures are
the ones to quote.
"""

import argparse
import hashlib
import json
import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from analysis.codebook import Codebook, load
from analysis.pipeline import Tag, analyse

DATA = Path(__file__).resolve().parents[1] / "tests" / "analysis" / "data"
STATEMENTS = DATA / "statements"
BLIND = DATA / "blind.jsonl"
MARKS = {"-": "problem", "+": "praise", "~": "mixed", "*": "suggestion", "=": "neutral"}
LINE = re.compile(r"([-+~*=]) (.+?)(?:\s*\{([^}]*)\})?\s*$")
SEED = "heard"


@dataclass(frozen=True)
class Example:
    """A fictional statement with the themes a person gave it and how each experience was."""

    text: str
    themes: dict[str, str]

    @property
    def is_held_out(self) -> bool:
        """Whether it is of the third that patterns are never tuned on."""
        return int(hashlib.sha256(f"{SEED}{self.text}".encode()).hexdigest(), 16) % 3 == 0


@dataclass
class Tally:
    """Right, wrong and missed tags by theme, valences as (meant, given), and the words in each span."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    valences: Counter[tuple[str, str]] = field(default_factory=Counter)
    spans: list[int] = field(default_factory=list)
    whole: int = 0


def examples(folder: Path = STATEMENTS) -> list[Example]:
    """Every statement of the files in a folder. Raises ValueError naming file and line if one cannot be read."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        theme = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("## "):
                theme = line[3:].strip()
            elif line.strip() and not line.startswith("#"):
                found.append(_example(theme, line, f"{path.name}:{number}"))
    return found


def blind(path: Path = BLIND) -> list[Example]:
    """Every text of the blind set."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Example(line["text"], {tag["theme"]: tag["valence"] for tag in line["themes"]}) for line in lines]


def _example(theme: str, line: str, where: str) -> Example:
    match = LINE.match(line)
    if not match or not theme:
        raise ValueError(f"{where} is not a statement: it needs a mark and a theme.")
    valence = MARKS[match[1]]
    themes = {} if theme == "none" else {theme: valence}
    for further in filter(None, re.split(r",\s*", match[3] or "")):
        slug, _, other = further.partition(":")
        themes[slug.strip()] = other.strip() or valence
    return Example(match[2], themes)


def tally(said: list[Example], codebook: Codebook) -> Tally:
    """What the tagger makes of the statements, counted."""
    counts = Tally()
    for example in said:
        tags = analyse(example.text, codebook).tags
        given = by_theme(tags)
        counts.right.update(given.keys() & example.themes.keys())
        counts.wrong.update(given.keys() - example.themes.keys())
        counts.missed.update(example.themes.keys() - given.keys())
        counts.valences.update((example.themes[slug], given[slug]) for slug in given.keys() & example.themes.keys())
        counts.spans += [len(example.text[tag.start : tag.end].split()) for tag in tags]
        counts.whole += sum(tag.end - tag.start >= len(example.text.rstrip(".!? ")) for tag in tags)
    return counts


def by_theme(tags: tuple[Tag, ...]) -> dict[str, str]:
    """The valence of each theme over a whole text: mixed where its statements disagree."""
    found: dict[str, set[str]] = {}
    for tag in tags:
        found.setdefault(tag.theme, set()).add(tag.valence)
    return {slug: over_all(valences) for slug, valences in found.items()}


def over_all(valences: set[str]) -> str:
    """What several valences of one theme make together."""
    told = valences - {"neutral"} or valences
    return told.pop() if len(told) == 1 else "mixed" if {"problem", "praise"} <= told else max(told)


def f1(right: int, wrong: int, missed: int) -> float:
    """The harmonic mean of precision and recall, 0 where there is nothing right."""
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def report(name: str, counts: Tally, codebook: Codebook) -> list[str]:
    """The lines to print for one part."""
    core = [theme.slug for theme in codebook.core()]
    every = [theme.slug for theme in codebook.themes if counts.right[theme.slug] + counts.missed[theme.slug]]
    lines = [f"\n{name}", f"{'theme':30} right wrong missed precision recall   F1"]
    lines += [_row(slug, counts, [slug]) for slug in every]
    for label, slugs in (("13 core themes", core), ("all themes", [theme.slug for theme in codebook.themes])):
        supported = [slug for slug in slugs if slug in every]
        macro = statistics.fmean(f1(counts.right[s], counts.wrong[s], counts.missed[s]) for s in supported)
        lines.append(f"{_row(f'MICRO {label}', counts, slugs)}   macro {macro:.3f}")
    lines.append(f"valence: right {_share_right(counts.valences):.3f}, macro-F1 {_valence_f1(counts.valences):.3f}")
    spans = f"median {statistics.median(counts.spans)} words, whole text {counts.whole / len(counts.spans):.3f}"
    return [*lines, f"spans: {spans}"]


def _row(name: str, counts: Tally, slugs: list[str]) -> str:
    right, wrong, missed = (sum(part[s] for s in slugs) for part in (counts.right, counts.wrong, counts.missed))
    precision, recall = (right / max(1, right + other) for other in (wrong, missed))
    return f"{name:30} {right:5} {wrong:5} {missed:6} {precision:9.3f} {recall:6.3f} {f1(right, wrong, missed):.3f}"


def _share_right(valences: Counter[tuple[str, str]]) -> float:
    return sum(count for (meant, given), count in valences.items() if meant == given) / max(1, valences.total())


def _valence_f1(valences: Counter[tuple[str, str]]) -> float:
    scores = []
    for valence in sorted({meant for meant, _ in valences}):
        right = valences[valence, valence]
        wrong = sum(count for (meant, given), count in valences.items() if given == valence != meant)
        missed = sum(count for (meant, given), count in valences.items() if meant == valence != given)
        scores.append(f1(right, wrong, missed))
    return statistics.fmean(scores) if scores else 0.0


def rate(said: list[Example], codebook: Codebook, *, rounds: int = 20) -> float:
    """Statements tagged per second of one core's time, after one round to warm up."""
    tally(said, codebook)
    begun = time.process_time()
    for _ in range(rounds):
        for example in said:
            analyse(example.text, codebook)
    return rounds * len(said) / (time.process_time() - begun)


def faults(said: list[Example], codebook: Codebook) -> list[str]:
    """The statements tagged wrongly, with what is missed, what is too much and how valence differs."""
    lines = []
    for example in said:
        given = by_theme(analyse(example.text, codebook).tags)
        missed, wrong = sorted(example.themes.keys() - given.keys()), sorted(given.keys() - example.themes.keys())
        other = [f"{s}: {example.themes[s]} not {given[s]}" for s in sorted(given.keys() & example.themes.keys())]
        other = [text for text in other if text.split()[1] != text.split()[3]]
        if missed or wrong or other:
            lines.append(f"{example.text}\n    missed {missed} wrong {wrong} valence {other}")
    return lines


def main() -> int:
    """Print the figures of each part, and the speed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--show", action="store_true", help="print what is tagged wrongly in the tuned part")
    asked = options.parse_args()
    codebook, said = load(), examples()
    tuned = [example for example in said if not example.is_held_out]
    held_out = [example for example in said if example.is_held_out]
    if asked.show:
        print("\n".join(faults(tuned, codebook)))
    for name, part in (("TUNED ON", tuned), ("HELD OUT", held_out), ("BLIND", blind())):
        print("\n".join(report(f"{name}: {len(part)} statements", tally(part, codebook), codebook)))
    print(f"\n{rate(said, codebook):.0f} statements per second on one core")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
