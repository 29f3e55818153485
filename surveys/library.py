"""The surveys that ship with the house: read from `surveys/data`, one YAML file for each, ready to start from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from surveys.definition import SCALES, Definition, Kind, Option, from_json

DATA = Path(__file__).parent / "data"
AREAS = "areas"  # the one file in the folder that is not a survey


def available() -> dict[str, str]:
    """The title of each template, by the slug that `load_template` takes."""
    slugs = sorted(path.stem for path in DATA.glob("*.yaml") if path.stem != AREAS)
    return {slug: _read(slug)["title"] for slug in slugs}


def about(slug: str) -> str:
    """For whom this template is and what it asks about, in one sentence."""
    return str(_read(slug)["about"])


def load_template(slug: str) -> Definition:
    """The template as a definition, scales and areas filled in.

    Raises:
        KeyError: if there is no such template.
        TypeError: if the file uses a key that a question does not have.
    """
    if slug not in available():
        raise KeyError(slug)
    data = _read(slug)
    lists = data.get("choices", {})
    return from_json({"title": data["title"], "questions": [_filled(item, lists) for item in data["questions"]]})


def areas() -> tuple[Option, ...]:
    """The areas a question of that kind offers unless its author writes others."""
    return tuple(Option(**item) for item in _read(AREAS))


def _read(slug: str) -> Any:
    return yaml.safe_load((DATA / f"{slug}.yaml").read_text(encoding="utf-8"))


def _filled(item: Mapping[str, Any], lists: Mapping[str, Any]) -> dict[str, Any]:
    """The question with its options written out: a named list, a scale, the areas, or its own."""
    options = item.get("options", ())
    if isinstance(options, str):
        options = lists[options]
    kind = Kind(item["kind"])
    if not options and kind in SCALES:
        options = [vars(option) for option in SCALES[kind]]
    if not options and kind is Kind.AREA:
        options = [vars(option) for option in areas()]
    return {**item, "options": [dict(option) for option in options]}
