"""The drawings that ship with the house, for Easy Read: plain line drawings, ours, in `surveys/data/pictures`."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "pictures"


@cache
def names() -> tuple[str, ...]:
    """The name of each drawing, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


@cache
def drawing(name: str) -> bytes:
    """The drawing as an SVG file.

    Raises:
        KeyError: if there is no such drawing.
    """
    if name not in names():
        raise KeyError(name)
    return (FOLDER / f"{name}.svg").read_bytes()
