"""Learns once, from the project's fictional examples, the likeness that triage works with.

    python -m tools.train_triage [FOLDER]     writes triage.json into FOLDER, which is var/models unless given

Nothing is done while the file there was made of the same examples by the same code. The held-out statements are never
read here. Why it is done so: docs/decisions/triage-by-phrases-and-likeness.md.
"""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import yaml

from feedback.resemblance import FILE_NAME, NotALikeness, read
from feedback.wording import sentences

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "feedback" / "data" / "triage_examples.yaml"
# A change in any of these can change what is learned.
LEARNED_FROM = (
    EXAMPLES,
    ROOT / "feedback" / "data" / "wording.yaml",
    ROOT / "feedback" / "wording.py",
    ROOT / "feedback" / "resemblance.py",
    ROOT / "tools" / "likeness_model.py",
    ROOT / "tools" / "train_triage.py",
)
MODELS = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"


def main(folder: Path = MODELS) -> int:
    """Learn, and write the file, unless it is there and up to date."""
    target = folder / FILE_NAME
    if is_up_to_date(target):
        return 0
    from tools.likeness_model import learn  # noqa: PLC0415 - scikit-learn takes seconds to load; only to learn

    examples = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    danger = plain(text for said in examples["danger"].values() for text in said)
    harmless = plain(examples["benign"])
    write(target, learn(danger, harmless, learned_from=fingerprint()))
    print(f"Triage learned what danger is like from {len(danger) + len(harmless)} fictional statements.")
    return 0


def plain(texts: Iterable[str]) -> list[str]:
    """The statements as triage hears them."""
    return [" ".join(sentences(text)) for text in texts]


def is_up_to_date(target: Path) -> bool:
    """Whether the file is whole and was made of these examples by this code."""
    try:
        written = target.read_bytes()
        read(written)
    except (OSError, NotALikeness):
        return False
    return bool(json.loads(written).get("learned_from") == fingerprint())


def fingerprint() -> str:
    """A hash of everything the likeness is learned from."""
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in LEARNED_FROM)).hexdigest()


def write(target: Path, text: str) -> None:
    """Put the file in its place whole or not at all: a running site may be reading it."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=target.parent) as room:
        made = Path(room) / target.name
        made.write_text(text, encoding="utf-8")
        made.replace(target)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS))
