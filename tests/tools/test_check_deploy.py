"""The production settings raise no warning of Django's, nothing is silenced, and an unsafe one is noticed."""

import shutil

import pytest

from config.environment import Part
from tools import check_deploy

RELAXED = {
    "SECURE_HSTS_SECONDS = 0": "security.W004",
    "SECURE_SSL_REDIRECT = False": "security.W008",
    "SECRET_KEY = 'short'": "security.W009",
    "SESSION_COOKIE_SECURE = False": "security.W012",
    "CSRF_COOKIE_SECURE = False": "security.W016",
    "DEBUG = True": "security.W018",
    "X_FRAME_OPTIONS = 'SAMEORIGIN'": "security.W019",
    "ALLOWED_HOSTS = []": "security.W020",
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory, models):
    folder = tmp_path_factory.mktemp("deploy")
    shutil.copytree(models, folder / "models")
    check_deploy.make_installation(folder)
    return folder


def relaxed(folder, *lines):
    (folder / "relaxed.py").write_text("\n".join(["from config.settings.production import *", *lines]))
    return {"settings": "relaxed", "path": folder}


def test_nothing_is_warned_of_in_production(installation):
    assert check_deploy.warnings(Part.ALL, installation) == ""


def test_every_relaxed_setting_is_noticed(installation, tmp_path):
    said = check_deploy.warnings(Part.ALL, installation, **relaxed(tmp_path, *RELAXED))
    assert [found for found in RELAXED.values() if found not in said] == []


def test_one_relaxed_setting_is_enough(installation, tmp_path):
    said = check_deploy.warnings(Part.PUBLIC, installation, **relaxed(tmp_path, "SECURE_SSL_REDIRECT = False"))
    assert "security.W008" in said


def test_a_silenced_warning_is_not_let_through(installation, tmp_path):
    lines = ["SECURE_SSL_REDIRECT = False", "SILENCED_SYSTEM_CHECKS = ['security.W008']"]
    assert "1 silenced" in check_deploy.warnings(Part.ALL, installation, **relaxed(tmp_path, *lines))


def test_an_installation_that_has_not_learned_is_warned_of_it(installation, tmp_path):
    (tmp_path / "secrets").symlink_to(installation / "secrets")
    (tmp_path / "govuk").mkdir()
    said = check_deploy.warnings(Part.ALL, tmp_path)
    assert "feedback.W001" in said
    assert "feedback.W002" in said


def test_it_ends_with_one_if_any_part_is_warned(monkeypatch, capsys):
    monkeypatch.setattr(check_deploy, "make_installation", lambda folder: None)
    monkeypatch.setattr(check_deploy, "warnings", lambda part, folder: "W1" if part is Part.STAFF else "")
    assert check_deploy.main() == 1
    assert "staff: W1" in capsys.readouterr().out
    monkeypatch.setattr(check_deploy, "warnings", lambda part, folder: "")
    assert check_deploy.main() == 0
