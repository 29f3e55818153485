"""The surveys that ship with the house: read from `surveys/data`, one YAML file for each, ready to start from."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from surveys import easy_read
from surveys.definition import SCALES, Definition, Kind, Option, from_json

Listed = Callable[[Kind], tuple[Option, ...]]
DATA = Path(__file__).parent / "data"
# The files in the folder that are not surveys: what a question of a kind offers unless its author writes others.
EQUALITY = "equality"
LISTS = {Kind.AREA: "areas", Kind.CRIME_TYPE: "crime_types"}


def available() -> dict[str, str]:
    """The title of each template, by the slug that `load_template` takes."""
    slugs = sorted(path.stem for path in DATA.glob("*.yaml") if path.stem not in {EQUALITY, *LISTS.values()})
    return {slug: _read(slug)["title"] for slug in slugs}


def about(slug: str) -> str:
    """For whom this template is and what it asks about, in one sentence."""
    return str(_read(slug)["about"])


def load_template(slug: str, *, listed: Listed | None = None) -> Definition:
    """The template as a definition, scales and lists filled in; the lists as `listed` gives them, or as they ship.

    Raises:
        KeyError: if there is no such template.
        TypeError: if the file uses a key that a question does not have.
    """
    if slug not in available():
        raise KeyError(slug)
    data = _read(slug)
    lists = data.get("choices", {})
    questions = [_filled(item, lists, listed or shipped) for item in data["questions"]]
    return easy_read.added(from_json({"title": data["title"], "questions": questions}), slug)


def load_translations(slug: str) -> dict[str, dict[str, str]]:
    """The drafts that ship with a template: by language, text by key."""
    found = sorted((DATA / "translations").glob(f"*/{slug}.yaml"))
    return {path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in found}


def shipped(kind: Kind) -> tuple[Option, ...]:
    """The options that ship for a kind with a list of its own."""
    return tuple(Option(**item) for item in _read(LISTS[kind]))


def _read(slug: str) -> Any:
    return yaml.safe_load((DATA / f"{slug}.yaml").read_text(encoding="utf-8"))


def _filled(item: Mapping[str, Any], lists: Mapping[str, Any], listed: Listed) -> dict[str, Any]:
    """The question with its options written out: a named list, a scale, the list of its kind, or its own."""
    options = item.get("options", ())
    if isinstance(options, str):
        options = lists[options]
    kind = Kind(item["kind"])
    if not options and kind in SCALES:
        options = [vars(option) for option in SCALES[kind]]
    if not options and kind in LISTS:
        options = [vars(option) for option in listed(kind)]
    return {**item, "options": [dict(option) for option in options]}
