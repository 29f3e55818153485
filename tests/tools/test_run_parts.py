"""Starting and stopping: what is prepared again, what ends what, and what is said."""

import subprocess

import pytest

from tools import run


class Process:
    """A process that ends with this code, or never."""

    def __init__(self, code=None, *, is_stubborn=False):
        self.code, self.is_stubborn, self.asked = code, is_stubborn, []

    def poll(self):
        return self.code

    def terminate(self):
        self.asked.append("terminate")

    def kill(self):
        self.asked.append("kill")

    def wait(self, timeout):
        if self.is_stubborn:
            raise subprocess.TimeoutExpired("fictional", timeout)


def test_each_process_is_asked_to_end_and_only_a_stubborn_one_is_made_to():
    willing, stubborn, ended = Process(), Process(is_stubborn=True), Process(0)
    run.stop([willing, stubborn, ended])
    assert [process.asked for process in (willing, stubborn, ended)] == [["terminate"], ["terminate", "kill"], []]


def test_a_part_that_stops_while_starting_is_said():
    with pytest.raises(run.StartFailed, match="stopped while starting"):
        run.wait_until_served("http://127.0.0.1:9/", [Process(), Process(1)])


@pytest.mark.parametrize("names_npm", [True, False])
def test_without_a_stylesheet_the_site_still_starts_and_that_is_said(names_npm, monkeypatch, tmp_path, capsys):
    def fails():
        raise OSError("offline")

    installed = []
    monkeypatch.setattr(run, "VAR", tmp_path)
    monkeypatch.setattr(run.shutil, "which", lambda name: "/usr/bin/npm" if names_npm else None)
    monkeypatch.setattr(run.install, "make_environment", lambda folder: ["pip"])
    monkeypatch.setattr(run.install, "install", lambda pip, folder, name: installed.append(name))
    monkeypatch.setattr(run.govuk_assets, "main", fails)
    run.fetch_assets()
    assert "plainer pages" in capsys.readouterr().out
    assert installed == ([] if names_npm else ["node"])


@pytest.fixture
def preparing(monkeypatch, tmp_path):
    """A folder that is up to date but for its stamp; the commands that were run, and the code they end with."""
    state = {"commands": [], "code": 0}

    def done(command, **options):
        state["commands"].append(command[-1])
        return subprocess.CompletedProcess(command, state["code"])

    (tmp_path / "keys").mkdir()
    monkeypatch.setattr(run, "VAR", tmp_path)
    monkeypatch.setattr(run, "fetch_assets", lambda: None)
    monkeypatch.setattr(run, "fingerprint", lambda: "one")
    monkeypatch.setattr(run.train_triage, "is_up_to_date", lambda path: True)
    monkeypatch.setattr(run.train_languages, "is_up_to_date", lambda path: True)
    monkeypatch.setattr(run.subprocess, "run", done)
    return state


def test_what_is_up_to_date_is_not_prepared_again(preparing, monkeypatch):
    run.prepare()
    run.prepare()
    assert preparing["commands"] == ["prepare"]
    monkeypatch.setattr(run, "fingerprint", lambda: "another")
    run.prepare()
    assert preparing["commands"] == ["prepare", "prepare"]


@pytest.mark.parametrize("learner", [run.train_triage, run.train_languages])
def test_lost_keys_or_a_lost_learned_file_are_prepared_again(preparing, monkeypatch, learner):
    run.prepare()
    (run.VAR / "keys").rmdir()
    run.prepare()
    (run.VAR / "keys").mkdir()
    monkeypatch.setattr(learner, "is_up_to_date", lambda path: False)
    run.prepare()
    assert len(preparing["commands"]) == 3


def test_a_failed_preparation_is_said_and_tried_again(preparing):
    preparing["code"] = 1
    for _ in range(2):
        with pytest.raises(run.StartFailed, match="could not be prepared"):
            run.prepare()
    assert len(preparing["commands"]) == 2
    assert not (run.VAR / "prepared").exists()


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [(run.StartFailed("Port 8000 is taken."), 1, "Port 8000 is taken.\n"), (KeyboardInterrupt(), 0, "")],
)
def test_the_status_tells_a_failed_start_from_a_wish_to_stop(problem, status, said, monkeypatch, capsys):
    def fails(wanted):
        raise problem

    monkeypatch.setattr(run.signal, "signal", lambda *given: None)
    monkeypatch.setattr(run.os, "umask", lambda mask: None)
    monkeypatch.setattr(run, "free_port", fails)
    assert run.main() == status
    assert capsys.readouterr().out == said


def test_both_signals_end_it_and_what_it_makes_is_for_its_owner_only(monkeypatch):
    handled, masks = {}, []
    monkeypatch.setattr(run.signal, "signal", handled.__setitem__)
    monkeypatch.setattr(run.os, "umask", masks.append)
    monkeypatch.setattr(run, "free_port", lambda wanted: 8000)
    monkeypatch.setattr(run, "prepare", lambda: None)
    monkeypatch.setattr(run, "serve", lambda port: port)
    assert run.main() == 8000
    assert handled == {run.signal.SIGINT: run.interrupted, run.signal.SIGTERM: run.interrupted}
    assert masks == [0o077]
    with pytest.raises(KeyboardInterrupt):
        run.interrupted(run.signal.SIGTERM, None)
