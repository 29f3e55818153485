"""Learns once, from the project's fictional statements, the models that tag themes beside the rules.

    python -m tools.train_tagger [FOLDER]     writes themes-v1 into FOLDER, which is var/models unless given

Nothing is done while the models there were made of the same statements by the same code with the same encoder. The
blind set teaches nothing; it only says, theme by theme, whether the model is no worse than the rules and may speak.
"""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from analysis.codebook import load
from analysis.learning.saving import NotAModel
from analysis.pipeline import theme_models
from analysis.pipeline.encoder import MINILM
from analysis.pipeline.theme_training import Corpus, write_corpus

ROOT = Path(__file__).resolve().parents[1]
MODELS = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
# A change in any of these can change what is learned.
LEARNED_FROM = (
    "analysis/codebook/**/*",
    "analysis/learning/*.py",
    "analysis/pipeline/*.py",
    "tests/analysis/data/**/*",
    "tools/theme_training.py",
    "tools/train_tagger.py",
)


def main(folder: Path = MODELS) -> int:
    """Learn, and write the models, unless they are there and up to date."""
    if is_up_to_date(folder):
        return 0
    from tools import theme_training  # noqa: PLC0415 - scikit-learn takes seconds to load; only to learn

    begun = time.perf_counter()
    print("Learning themes from fictional statements; until it is done, rules alone find them.")
    taught = theme_training.corpus(load())
    models = theme_training.learned(load(), folder, taught)
    write(models, folder, taught)
    spoken = f"models speak for {len(models.spoken_for)} of {len(models.themes.labels)} themes, rules for the others"
    print(f"Themes are learned: {spoken} ({time.perf_counter() - begun:.0f} seconds).")
    return 0


def is_up_to_date(folder: Path) -> bool:
    """Whether the models are whole and were made of these statements by this code with the encoder that is there."""
    if theme_models.learned_from(folder / theme_models.FOLDER) != fingerprint(folder):
        return False
    try:
        theme_models.read_from(folder / theme_models.FOLDER, folder, load())
    except NotAModel:
        return False
    return True


def fingerprint(folder: Path) -> str:
    """A hash of everything the models are learned from."""
    digest = hashlib.sha256(str((folder / MINILM / "model.onnx").exists()).encode())
    for pattern in LEARNED_FROM:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def write(models: theme_models.ThemeModels, folder: Path, taught: Corpus) -> None:
    """Put the models, with what taught them, in place whole or not at all: a worker may be reading the old ones."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / theme_models.FOLDER
    with tempfile.TemporaryDirectory(dir=folder) as room:
        made = Path(room) / "made"
        made.mkdir()
        theme_models.write(models, made, theme_models.Origin(fingerprint(folder)))
        write_corpus(taught, made)
        if target.exists():
            shutil.move(target, Path(room) / "old")
        made.rename(target)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS))
