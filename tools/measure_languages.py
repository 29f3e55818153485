"""Prints what the language detector makes of texts it never saw: `python -m tools.measure_languages [--misses]`.

Per group: the share marked right, left to the language the person chose, and marked wrong. For English what counts is
how much is wrong: those texts would wait for a person. The last group the detector was never tuned with either.
"""

import argparse
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import yaml

from feedback.languages import ENGLISH, UNKNOWN, detect
from feedback.roman import FILE_NAME, Roman, read
from tools import train_languages, train_triage

HELD_OUT = train_triage.ROOT / "tests" / "feedback" / "data" / "languages_held_out.yaml"
STATEMENTS = train_triage.ROOT / "tests" / "analysis" / "data" / "statements"
# Groups of texts that are not called by the one tag that is right.
RIGHT = {
    "english": {ENGLISH},
    "english_misspelt_or_dialect": {ENGLISH},
    "english_with_names": {ENGLISH},
    "english_statements": {ENGLISH},
    "short": {UNKNOWN},
    "mixed": {"ur-Latn", "pa-Latn"},
}
# The group "other" is right with any tag but these.
KNOWN = {ENGLISH, UNKNOWN, "cy", "pl", "ur", "pa", "ar", "ur-Latn", "pa-Latn"}
MARKS = {f"{mark} " for mark in "-+~*="}


def main(argv: Sequence[str] | None = None, models: Path = train_triage.MODELS) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=HELD_OUT)
    parser.add_argument("--misses", action="store_true", help="print the fictional texts that went wrong")
    options = parser.parse_args(argv)
    train_languages.main(models)
    learned = read((models / FILE_NAME).read_bytes())
    groups = yaml.safe_load(options.file.read_text(encoding="utf-8"))
    groups["english_statements"] = statements()
    detect("The first text loads the package.", learned)
    started = time.perf_counter()
    print(f"{'':30}{'texts':>7}{'right':>9}{'left':>9}{'wrong':>9}")
    for name, texts in groups.items():
        print_row(name, texts, learned, misses=options.misses)
    spent = time.perf_counter() - started
    print(f"{spent * 1000 / sum(map(len, groups.values())):.2f} ms a text")
    return 0


def print_row(name: str, texts: Sequence[str], learned: Roman, *, misses: bool) -> None:
    """One group: how many, and the shares right, left as chosen, and wrong."""
    found = {text: detect(text, learned) for text in texts}
    verdicts = {text: verdict(name, tag) for text, tag in found.items()}
    shares = [list(verdicts.values()).count(one) / len(found) for one in ("right", "left", "wrong")]
    print(f"{name:30}{len(found):>7}" + "".join(f"{share:>9.1%}" for share in shares))
    for text in (text for text in found if misses and verdicts[text] != "right"):
        print(f"    {verdicts[text]}, marked {found[text]}: {text}")


def verdict(name: str, tag: str) -> str:
    """Whether a tag is right, wrong, or leaves the text to the language that was chosen."""
    is_right = tag not in KNOWN if name == "other" else tag in RIGHT.get(name, {name})
    return "right" if is_right else "left" if tag == UNKNOWN else "wrong"


def statements() -> list[str]:
    """The fictional English statements that the tagger is measured with; the detector learns none of them."""
    lines = [
        line for path in sorted(STATEMENTS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [re.sub(r"\s*\{.*\}$", "", line[2:]) for line in lines if line[:2] in MARKS]


if __name__ == "__main__":
    sys.exit(main())
