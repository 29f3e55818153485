"""`make test`: which settings run, how one that is missing counts, and what the status says."""

import subprocess

import pytest

from tools import test as runner

HERE = runner.Part("here", ("-k", "x"), (("HEARD_DATABASE", "postgres:///fictional"),))
ABSENT = runner.Part("absent", (), missing="no Chromium on this machine")


@pytest.fixture
def ends_with(monkeypatch):
    """Pytest, ending with the code that is set, and what it was asked."""
    asked = {"code": 0}

    def run(command, *, env=None, **options):
        asked.update(command=command, environment=env)
        return subprocess.CompletedProcess(command, asked["code"])

    monkeypatch.setattr(runner.subprocess, "run", run)
    return asked


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (0, "passed"),
        (1, "FAILED (pytest ended with 1)"),
        (2, "FAILED (pytest ended with 2)"),
        (5, "FAILED, no test was collected"),
    ],
)
def test_how_a_part_went(code, said, ends_with):
    ends_with["code"] = code
    assert runner.outcome(HERE, strict=False) == said


def test_a_part_runs_in_its_own_setting(ends_with):
    runner.outcome(HERE, strict=False)
    assert ends_with["command"][-2:] == ["-k", "x"]
    assert ends_with["environment"]["HEARD_DATABASE"] == "postgres:///fictional"


@pytest.mark.parametrize(
    ("strict", "said"),
    [(False, "not run, no Chromium on this machine"), (True, "FAILED, no Chromium on this machine")],
)
def test_what_is_missing_fails_only_where_everything_is_required(strict, said, ends_with):
    assert runner.outcome(ABSENT, strict=strict) == said
    assert "command" not in ends_with


@pytest.mark.parametrize(("required", "status"), [("", 0), ("1", 1)])
def test_the_status_is_one_if_any_part_failed(required, status, ends_with, monkeypatch, capsys):
    monkeypatch.setenv("HEARD_REQUIRE_ALL", required)
    monkeypatch.setattr(runner, "test_parts", lambda: [HERE, ABSENT])
    assert runner.main([]) == status
    out = capsys.readouterr().out
    assert "here: passed" in out
    assert "absent: " in out


def test_a_failed_part_does_not_keep_the_next_from_running(ends_with, monkeypatch, capsys):
    ends_with["code"] = 1
    monkeypatch.setattr(runner, "browser_parts", lambda: [HERE, HERE])
    assert runner.main(["--browser"]) == 1
    assert capsys.readouterr().out.count("here: FAILED") == 2


def test_each_setting_names_what_it_lacks(monkeypatch):
    monkeypatch.setattr(runner, "no_postgres", lambda: "no server")
    monkeypatch.setattr(runner, "no_chromium", lambda: "no browser")
    assert [part.missing for part in runner.test_parts()] == ["", "no server", "no browser"]
    assert [part.missing for part in runner.browser_parts()] == ["no browser"]


@pytest.mark.parametrize("installed", ["chromium", "chromium-browser", "google-chrome"])
def test_chromium_is_found_by_any_of_its_names(installed, monkeypatch):
    monkeypatch.setattr(runner.shutil, "which", lambda name: name == installed)
    assert runner.no_chromium() == ""


def test_without_chromium_that_is_said(monkeypatch):
    monkeypatch.setattr(runner.shutil, "which", lambda name: None)
    assert runner.no_chromium() == "no Chromium on this machine"


def test_without_postgresql_the_setting_to_change_is_named(ends_with, monkeypatch):
    monkeypatch.setattr(runner, "POSTGRES", "postgres://fictional.invalid/heard")
    ends_with["code"] = 1
    said = runner.no_postgres()
    assert "postgres://fictional.invalid/postgres" in said
    assert "HEARD_TEST_POSTGRES" in said
    ends_with["code"] = 0
    assert runner.no_postgres() == ""
