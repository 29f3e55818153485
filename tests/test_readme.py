"""What the README names exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TARGET = r"(?:make |`)((?:bench|attack|test|check|run|help|backup|restore)(?:-[a-z]+)*)(?![\w/])"
PATHS = sorted(set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)(?:\s[^`]*)?`", README)) - {"var/"})


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith("/")])
def test_each_path_exists(path: str):
    assert (ROOT / path).exists()


@pytest.mark.parametrize(
    "target",
    sorted(set(re.findall(TARGET, README))),
)
def test_each_make_target_exists(target: str):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"manage\.py (\w+)", README))))
def test_each_command_exists(name: str):
    assert name in get_commands()


def test_there_is_something_to_hold_it_against():
    assert len(PATHS) > 15
