"""`make check`: everything runs, what failed is named, and the status says so."""

import os
import sys

import pytest

from tools import check

GOOD = [sys.executable, "-c", "print('nothing to complain of')"]
BAD = [sys.executable, "-c", "import sys; print('line one'); print('line two', file=sys.stderr); sys.exit(1)"]


def test_a_check_that_passes_prints_one_line_only(capsys):
    assert check.passes("fine", GOOD, dict(os.environ))
    out = capsys.readouterr().out
    assert out.startswith("ok     fine (")
    assert "nothing to complain of" not in out


def test_a_check_that_fails_prints_all_it_has_to_say(capsys):
    assert not check.passes("broken", BAD, dict(os.environ))
    out = capsys.readouterr().out
    assert out.startswith("FAILED broken (")
    assert "line one" in out
    assert "line two" in out


@pytest.mark.parametrize(
    ("failing", "status", "said"),
    [
        (set(), 0, "Every check passed."),
        ({"types"}, 1, "Failed: types."),
        ({"lint", "templates"}, 1, "Failed: lint, templates."),
    ],
)
def test_a_failure_stops_no_other_check_and_is_named_at_the_end(failing, status, said, monkeypatch, capsys):
    run = []

    def passes(name, command, environment):
        run.append(name)
        return name not in failing

    monkeypatch.setattr(check, "passes", passes)
    assert check.main() == status
    assert run == [name for name, _ in check.CHECKS]
    assert capsys.readouterr().out.splitlines()[-1] == said


def test_the_checks_find_the_packages_and_never_a_real_database(monkeypatch):
    given = []
    monkeypatch.setattr(check, "passes", lambda name, command, environment: not given.append(environment))
    check.main()
    for environment in given:
        assert environment["DJANGO_SETTINGS_MODULE"] == "config.settings.test"
        assert environment["PYTHONPATH"].split(":") == [str(check.ROOT / "site"), str(check.ROOT)]


def test_nothing_is_changed_by_checking():
    commands = dict(check.CHECKS)
    assert "--check" in commands["format"]
    assert {"--check", "--dry-run"} <= set(commands["migrations"])
    assert not any("--fix" in command for command in commands.values())


def test_a_warning_of_the_settings_is_a_failure():
    command = dict(check.CHECKS)["settings"]
    assert command[command.index("--fail-level") + 1] == "WARNING"


def test_what_could_not_be_checked_is_said_though_nothing_failed(capsys):
    said = [sys.executable, "-c", f"print('nothing to complain of'); print('{check.NOT_CHECKED}the weather')"]
    assert check.passes("fine", said, dict(os.environ))
    assert capsys.readouterr().out.splitlines()[1:] == ["       not checked: the weather"]
