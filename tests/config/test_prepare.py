"""Preparing an installation: learning comes first, in processes of its own, and a failure of it stops nothing else."""

import io
import re
import shutil
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from config.management.commands import prepare
from feedback import learned


@pytest.fixture
def steps(settings, monkeypatch, tmp_path):
    """The commands that `prepare` calls, in order, instead of what they do; an empty folder of models; no demonstration."""
    called = []
    settings.HEARD_MODELS_DIR = tmp_path / "models"
    settings.HEARD_DEMO = False
    settings.VAR = tmp_path
    settings.SILENCED_SYSTEM_CHECKS = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: called.append(name))
    return called


def prepared():
    out, err = io.StringIO(), io.StringIO()
    call_command("prepare", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_triage_learns_without_loading_the_learning_library_here(steps, monkeypatch, likeness, roman):
    for name in [name for name in sys.modules if name.partition(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, name)
    _, err = prepared()
    assert learned.likeness() == likeness
    assert learned.roman_letters() == roman
    assert "sklearn" not in sys.modules
    assert "feedback.W00" not in err
    assert steps == ["migrate", "clearsessions", "make_keys", "collectstatic"]


def test_what_is_learned_already_stays(steps, settings, models):
    shutil.copytree(models, settings.HEARD_MODELS_DIR)
    before = (settings.HEARD_MODELS_DIR / "triage.json").stat().st_ino
    prepared()
    assert (settings.HEARD_MODELS_DIR / "triage.json").stat().st_ino == before


def test_if_it_cannot_be_learned_that_is_said_and_the_rest_goes_on(steps, monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    out, err = prepared()
    assert "could not be learned" in out
    assert "feedback.W001" in err
    assert steps == ["migrate", "clearsessions", "make_keys", "collectstatic"]


def test_the_demonstration_is_loaded_where_one_runs(steps, settings, models):
    shutil.copytree(models, settings.HEARD_MODELS_DIR)
    settings.HEARD_DEMO = True
    prepared()
    assert steps[-1] == "load_demo"


def test_without_the_stylesheet_pages_are_plain_and_that_is_said(steps, settings, models, tmp_path):
    shutil.copytree(models, settings.HEARD_MODELS_DIR)
    out, _ = prepared()
    assert "make assets" in out
    assert sorted(path.name for path in (tmp_path / "govuk").iterdir()) == sorted(prepare.ASSETS)


def test_a_stylesheet_that_is_there_is_left_alone(steps, settings, models, tmp_path):
    shutil.copytree(models, settings.HEARD_MODELS_DIR)
    (tmp_path / "govuk").mkdir()
    for name in prepare.ASSETS:
        (tmp_path / "govuk" / name).write_text("fictional")
    out, _ = prepared()
    assert "make assets" not in out
    assert {(tmp_path / "govuk" / name).read_text() for name in prepare.ASSETS} == {"fictional"}


def test_every_file_that_templates_name_under_govuk_has_a_stand_in():
    named = {
        name
        for path in (Path(__file__).resolve().parents[2] / "templates").rglob("*.html")
        for name in re.findall(r"""["']govuk/([\w.-]+\.(?:css|js))["']""", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(prepare.ASSETS)
