"""An upgrade from an older schema and the way back are rehearsed on a backup, and what does not fit is said."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.config.test_backups import WRITE
from tools import rehearse_upgrade
from tools.rehearse_upgrade import ROOT, Failed, Trial

LATEST = "0009_runs_have_numbers"


def manage(code, var, *arguments):
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("HEARD_", "PYTHONPATH"))},
        "HEARD_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """The code of an older release: this one's, without its latest migration."""
    code = tmp_path_factory.mktemp("old") / "heard"
    leave_out = shutil.ignore_patterns(".venv*", ".git", "var", "node_modules", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, code, ignore=leave_out)
    (code / "analysis" / "migrations" / f"{LATEST}.py").unlink()
    return code


@pytest.fixture(scope="module")
def pair(old, tmp_path_factory):
    """A backup of an installation of that older release, with a sealed text in it."""
    folder = tmp_path_factory.mktemp("installation")
    manage(old, folder / "var", "migrate", "-v0")
    manage(old, folder / "var", "shell", "-c", WRITE)
    options = ["--data", str(folder / "data"), "--keys", str(folder / "keys")]
    manage(old, folder / "var", "backup", *options, "--unsealed")
    return options


@pytest.mark.thorough
def test_an_older_installation_goes_forward_and_back_with_its_times(old, pair, capsys):
    assert rehearse_upgrade.main(["--old", str(old), *pair]) == 0
    said = capsys.readouterr().out
    assert f"migrations to come: analysis.{LATEST}" in said
    assert len(re.findall(r": [\d.]+ s$", said, re.MULTILINE)) == 3
    assert "no table has fewer" in said
    assert "the way back were rehearsed" in said


@pytest.mark.thorough
def test_a_backup_that_does_not_come_back_is_said(old, tmp_path, capsys):
    folders = ["--data", str(tmp_path / "data"), "--keys", str(tmp_path / "keys")]
    assert rehearse_upgrade.main(["--old", str(old), *folders]) == 1
    assert "manage.py restore" in capsys.readouterr().out


@pytest.fixture
def steps(monkeypatch):
    """What is done with which code, and what each table holds after each step."""
    done, counts = [], []
    monkeypatch.setattr(Trial, "restore", lambda self, pair: done.append(("restore", self.code, self.var)))
    monkeypatch.setattr(Trial, "run", lambda self, *words: done.append((words[1], self.code, self.var)) or "")
    monkeypatch.setattr(Trial, "fits", lambda self: counts.pop(0))
    return done, counts


def rehearsed(tmp_path):
    old = tmp_path / "old"
    rehearse_upgrade.rehearse(Trial(old, tmp_path / "there"), Trial(old, tmp_path / "back"), [])


def test_the_new_code_only_brings_up_to_date_and_the_old_one_restores_twice(steps, tmp_path, capsys):
    done, counts = steps
    counts += [{"a": 2, "django_session": 9}, {"a": 2, "b": 1, "django_session": 0}, {"a": 2, "django_session": 9}]
    rehearsed(tmp_path)
    old, there, back = tmp_path / "old", tmp_path / "there", tmp_path / "back"
    assert [one for one in done if one[0] != "showmigrations"] == [
        ("restore", old, there),
        ("prepare", ROOT, there),
        ("restore", old, back),
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([{"a": 2, "b": 1}, {"a": 1, "b": 1}], "Fewer rows than before.*: a"),
        ([{"a": 2, "b": 1}, {"a": 2}], "Fewer rows than before.*: b"),
        ([{"a": 2}, {"a": 2}, {"a": 3}], "does not lead to what was saved"),
    ],
)
def test_what_does_not_fit_ends_the_rehearsal(steps, counts, said, tmp_path):
    steps[1].extend(counts)
    with pytest.raises(Failed, match=said):
        rehearsed(tmp_path)
