"""Who can reach sealed words at all, read off the source and off a web process."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("feedback", "surveys", "analysis", "site") for path in (ROOT / folder).rglob("*.py")]

PROOF = "site/config/backups.py"  # a restore proves itself by opening a text of each month


def callers(name):
    """The source files in which a function or method of this name is called."""
    return {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", None)) == name
    }


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("private_key", {"feedback/keys.py", "feedback/release.py", PROOF}),
        ("open_sealed", {"feedback/release.py"}),
        ("unseal", {"feedback/opener.py", PROOF}),
        ("unreviewed", {"analysis/sweep.py"}),
        ("seal", {"feedback/intake.py"}),
    ],
)
def test_the_doors_to_sealed_words_are_few_and_known(name, allowed):
    assert callers(name) == allowed


def test_a_web_process_never_loads_the_opener():
    code = (
        "import sys, django; django.setup(); import config.urls; "
        "print([name for name in ('feedback.opener', 'feedback.listening', 'feedback.schedule') if name in sys.modules])"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
