"""The operator's guide names only what there is."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
READ_BY = [ROOT / "site" / "config" / "environment.py", *(ROOT / "site" / "config" / "settings").glob("*.py")]


def named(pattern: str) -> list[str]:
    return sorted(set(re.findall(pattern, GUIDE)))


@pytest.mark.parametrize("target", named(r"(?:`|    |&& )make ([a-z-]+)"))
def test_each_make_target_exists(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", named(r"manage\.py (\w+)"))
def test_each_command_exists(command):
    assert command in get_commands()


@pytest.mark.parametrize("name", named(r"HEARD_([A-Z_]+)"))
def test_each_setting_is_read(name):
    assert [path for path in READ_BY if f'"{name}"' in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("module", named(r"python -m (tools\.\w+)"))
def test_each_tool_exists(module):
    assert (ROOT / f"{module.replace('.', '/')}.py").exists()


def test_there_is_something_to_hold_it_against():
    assert len(named(r"manage\.py (\w+)")) > 6
    assert len(named(r"HEARD_([A-Z_]+)")) > 8
