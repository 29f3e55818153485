"""Prints what triage hears and wrongly marks, by flag: `python -m tools.measure_triage [--misses] [FILE ...]`.

By phrases alone, and with the likeness beside them: the one in var/models, learned first where it is not up to date.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from feedback.resemblance import FILE_NAME, read
from feedback.triage import Assessment, assess
from tools import train_triage

FOLDER = train_triage.ROOT / "tests" / "feedback" / "data"
SETS = (train_triage.EXAMPLES, FOLDER / "triage_held_out.yaml", FOLDER / "triage_sideways.yaml")

Judge = Callable[[list[str]], Assessment]


def main(argv: Sequence[str] | None = None, models: Path = train_triage.MODELS) -> int:
    """Measure each file of fictional statements and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=SETS)
    parser.add_argument("--misses", action="store_true", help="print the fictional statements that went wrong")
    options = parser.parse_args(argv)
    train_triage.main(models)
    judge = partial(assess, likeness=read((models / FILE_NAME).read_bytes()))
    for path in options.files:
        cases = yaml.safe_load(path.read_text(encoding="utf-8"))
        print(f"\n{path.name}")
        print_table(cases, judge)
        if options.misses:
            print_misses(cases, judge)
    return 0


def print_table(cases: Mapping[str, Any], judge: Judge) -> None:
    """Share of statements a person is asked to look at, by phrases and with the likeness, and that get their flag."""
    print(f"{'':24}{'':>11}{'-- a person must look --':>25}{'':>11}")
    print(f"{'flag':24}{'statements':>11}{'phrases':>11}{'+ likeness':>14}{'this flag':>11}")
    for slug, said in cases["danger"].items():
        print(f"{row(slug, said, judge)}{share(said, has(slug, judge)):>11.1%}")
    print(row("all danger", [text for said in cases["danger"].values() for text in said], judge))
    for slug, said in cases["marks"].items():
        print(f"{slug:24}{len(said):>11}{'':>25}{share(said, has(slug, judge)):>11.1%}")
    print(row("harmless", cases["benign"], judge))


def row(name: str, said: Sequence[str], judge: Judge) -> str:
    """One line: how many, and the share marked without and with the likeness."""
    return f"{name:24}{len(said):>11}{share(said, is_urgent(assess)):>11.1%}{share(said, is_urgent(judge)):>14.1%}"


def print_misses(cases: Mapping[str, Any], judge: Judge) -> None:
    """The fictional statements triage did not hear, and the harmless ones it marked."""
    for slug, said in cases["danger"].items():
        for text in said:
            if not is_urgent(judge)(text):
                print(f"  missed   {slug}: {text}")
            elif not has(slug, judge)(text):
                print(f"  as {','.join(judge([text]).flags)} not {slug}: {text}")
    for slug, said in cases["marks"].items():
        for text in filter(lambda text: not has(slug, judge)(text), said):
            print(f"  unmarked {slug}: {text}")
    for text in filter(is_urgent(judge), cases["benign"]):
        print(f"  harmless as {','.join(judge([text]).flags)}: {text}")


def is_urgent(judge: Judge) -> Callable[[str], bool]:
    """A question: is a person asked to look?"""
    return lambda text: judge([text]).urgency > 0


def has(slug: str, judge: Judge) -> Callable[[str], bool]:
    """A question: does triage set this flag?"""
    return lambda text: slug in judge([text]).flags


def share(said: Sequence[str], question: Callable[[str], bool]) -> float:
    """The share 0-1 of the statements for which the question is true."""
    return sum(map(question, said)) / len(said)


if __name__ == "__main__":
    sys.exit(main())
