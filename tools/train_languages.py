"""Learns once, from the project's fictional sentences, to tell Roman Urdu and Panjabi from English.

    python -m tools.train_languages [FOLDER]     writes languages.json into FOLDER, which is var/models unless given

Nothing is done while the file there was made of the same sentences by the same code. The held-out texts are never read
here. Why it is done so: docs/decisions/languages-by-package-and-own-part.md.
"""

import hashlib
import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from feedback.resemblance import NotALikeness
from feedback.roman import ENGLISH, FILE_NAME, LANGUAGES, read, words
from tools.train_triage import EXAMPLES as TRIAGE_EXAMPLES
from tools.train_triage import MODELS, ROOT, write

EXAMPLES = ROOT / "feedback" / "data" / "language_examples.yaml"
# A change in any of these can change what is learned.
LEARNED_FROM = (
    EXAMPLES,
    TRIAGE_EXAMPLES,
    ROOT / "feedback" / "roman.py",
    ROOT / "tools" / "language_model.py",
    ROOT / "tools" / "train_languages.py",
)
# How often each sentence is learned again with other spellings.
RESPELT = 3


def main(folder: Path = MODELS) -> int:
    """Learn, and write the file, unless it is there and up to date."""
    target = folder / FILE_NAME
    if is_up_to_date(target):
        return 0
    from tools.language_model import learn  # noqa: PLC0415 - scikit-learn takes seconds to load; only to learn

    examples = sentences()
    write(target, learn(examples, learned_from=fingerprint()))
    total = sum(len(said) for said in examples.values())
    print(f"The languages of Roman letters were learned from {total} fictional sentences and their spellings.")
    return 0


def sentences() -> dict[str, list[list[str]]]:
    """The words of every sentence, spelt as it stands and as others type it, under the tag of its language."""
    data = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    triage = yaml.safe_load(TRIAGE_EXAMPLES.read_text(encoding="utf-8"))
    found = {tag: [*data[tag], *data.get(f"mixed-{tag}", ())] for tag in LANGUAGES}
    found[ENGLISH] += [*triage["benign"], *(text for said in triage["danger"].values() for text in said)]
    return {tag: respelt(said, data["spellings"].get(tag, ())) for tag, said in found.items()}


def respelt(said: Iterable[str], spellings: Iterable[Sequence[str]]) -> list[list[str]]:
    """The words of each sentence, and again with every word that has spellings in one of them, always the same way."""
    chance = random.Random(0)  # noqa: S311 - repeatable, not secret
    others: Mapping[str, Sequence[str]] = {way: ways for ways in spellings for way in ways}
    plain = [words(text) for text in said]
    if not others:
        return plain
    again = [[chance.choice(others.get(word, [word])) for word in text] for text in plain for _ in range(RESPELT)]
    return [*plain, *again]


def is_up_to_date(target: Path) -> bool:
    """Whether the file is whole and was made of these sentences by this code."""
    try:
        written = target.read_bytes()
        read(written)
        made_of: Any = json.loads(written).get("learned_from")
    except (OSError, NotALikeness):
        return False
    return bool(made_of == fingerprint())


def fingerprint() -> str:
    """A hash of everything the model is learned from."""
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in LEARNED_FROM)).hexdigest()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS))
