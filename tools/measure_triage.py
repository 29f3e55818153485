"""Prints what triage hears and wrongly marks, by flag: `python -m tools.measure_triage [--misses] [FILE ...]`."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from feedback.triage import assess  # noqa: E402 - needs the path above

SETS = ("triage_cases.yaml", "triage_held_out.yaml", "triage_sideways.yaml")
FOLDER = ROOT / "tests" / "feedback" / "data"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure each file of fictional statements and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[FOLDER / name for name in SETS])
    parser.add_argument("--misses", action="store_true", help="print the fictional statements that went wrong")
    options = parser.parse_args(argv)
    for path in options.files:
        cases = yaml.safe_load(path.read_text(encoding="utf-8"))
        print(f"\n{path.name}")
        print_table(cases)
        if options.misses:
            print_misses(cases)
    return 0


def print_table(cases: Mapping[str, Any]) -> None:
    """Recall of "someone must look" and of the right flag, and the share of harmless statements marked."""
    print(f"{'flag':24}{'statements':>11}{'looked at':>11}{'this flag':>11}")
    for slug, said in cases["danger"].items():
        print(f"{slug:24}{len(said):>11}{share(said, is_urgent):>11.1%}{share(said, has(slug)):>11.1%}")
    danger = [text for said in cases["danger"].values() for text in said]
    print(f"{'all danger':24}{len(danger):>11}{share(danger, is_urgent):>11.1%}")
    for slug, said in cases["marks"].items():
        print(f"{slug:24}{len(said):>11}{'':>11}{share(said, has(slug)):>11.1%}")
    print(f"{'harmless':24}{len(cases['benign']):>11}{share(cases['benign'], is_urgent):>11.1%}")


def print_misses(cases: Mapping[str, Any]) -> None:
    """The fictional statements triage did not hear, and the harmless ones it marked."""
    for slug, said in cases["danger"].items():
        for text in said:
            if not is_urgent(text):
                print(f"  missed   {slug}: {text}")
            elif not has(slug)(text):
                print(f"  as {','.join(assess([text]).flags)} not {slug}: {text}")
    for slug, said in cases["marks"].items():
        for text in filter(lambda text: not has(slug)(text), said):
            print(f"  unmarked {slug}: {text}")
    for text in filter(is_urgent, cases["benign"]):
        print(f"  harmless as {','.join(assess([text]).flags)}: {text}")


def is_urgent(text: str) -> bool:
    """Whether a person is asked to look."""
    return assess([text]).urgency > 0


def has(slug: str) -> Any:
    """A question: does triage set this flag?"""
    return lambda text: slug in assess([text]).flags


def share(said: Sequence[str], question: Any) -> float:
    """The share 0-1 of the statements for which the question is true."""
    return sum(map(question, said)) / len(said)


if __name__ == "__main__":
    sys.exit(main())
