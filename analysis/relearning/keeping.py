"""Where the files of what was learned from people lie, and which of them is in use.

The table says which; the files follow it, so that a fault between the two mends itself at the worker's next look.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from analysis.models import Learning, LearningState
from analysis.pipeline import theme_models
from analysis.pipeline.theme_models import Origin, ThemeModels

LOCK = "learning.lock"


class AlreadyLearning(Exception):
    """Another process is learning at this moment."""


def models_dir() -> Path:
    """The folder of everything that is learned."""
    return Path(settings.HEARD_MODELS_DIR)


def set_up() -> str:
    """The hash of what was learned at set-up; empty if nothing was."""
    return theme_models.learned_from(models_dir() / theme_models.FOLDER)


@contextmanager
def only_one() -> Iterator[None]:
    """Let nobody else learn meanwhile. Raises AlreadyLearning if somebody does; a process that dies lets go."""
    models_dir().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (models_dir() / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyLearning from None
        yield


def write(learning: Learning, models: ThemeModels, codebook: str) -> str:
    """Save models whole or not at all, and give back their name with their hash. They are not in use yet."""
    home = models_dir() / theme_models.LEARNED
    home.mkdir(exist_ok=True, mode=0o700)
    _remove(home / str(learning.number))
    with tempfile.TemporaryDirectory(dir=home) as room:
        made = Path(room) / "made"
        made.mkdir()
        theme_models.write(models, made, Origin(str(learning.pk), learning.set_up, codebook))
        made.rename(home / str(learning.number))
    return theme_models.read_from(home / str(learning.number), models_dir(), models.known).id


def follow() -> None:
    """Have the files do what the table says: use the models in use, and keep none but those and the former."""
    used = Learning.objects.in_use()
    folder = models_dir() / theme_models.LEARNED
    wanted = theme_models.LEARNED if used is None else str(used.number)
    is_there = used is not None and (folder / wanted).is_dir()
    theme_models.use(models_dir(), wanted if is_there else "")
    kept = Learning.objects.filter(state__in=[LearningState.IN_USE, LearningState.FORMER])
    names = {str(number) for number in kept.values_list("number", flat=True)}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in names:
            _remove(path)


def _remove(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
