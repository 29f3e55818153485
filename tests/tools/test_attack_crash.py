"""The attack tells a loss, a double, a half and a readable word from none of these."""

import os
from random import Random

import pytest

from tools import attack_crash
from tools.attack_crash import Installation, Told, report, search

CHANCE = Random(1)  # noqa: S311 - the same each time
MARKS = [f"canary-{number:032x}" for number in range(3)]
WHOLE = {"without an envelope": 0, "without a text": 0, "without answers": 0}


def judged(stored, *, acknowledged=MARKS, places=0, control=1, **halves):
    return report(Told(list(acknowledged)), {"marks": stored, **WHOLE, **halves}, places=places, control=control)


def test_nothing_lost_is_what_is_wanted(capsys):
    assert judged([*MARKS, "canary-of-somebody-who-was-not-told"])
    assert "acknowledged and lost: 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    "fault",
    [
        {"stored": MARKS[1:]},
        {"stored": [*MARKS, MARKS[0]]},
        {"stored": MARKS, "places": 1},
        {"stored": MARKS, "control": 0},
        {"stored": MARKS, "acknowledged": []},
        {"stored": MARKS, "without an envelope": 1},
        {"stored": MARKS, "without answers": -1},
    ],
)
def test_every_fault_is_one(fault):
    assert not judged(**fault)


@pytest.mark.parametrize("before", [0, 5, attack_crash.CHUNK - 20, attack_crash.CHUNK])
def test_a_mark_is_found_wherever_it_lies_and_once(tmp_path, before):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file.wal").write_bytes(os.urandom(before) + MARKS[2].encode() + b"\0" * 100)
    assert search([tmp_path]) == 1


def test_nothing_is_killed_but_what_was_started(monkeypatch):
    class Process:
        def __init__(self, pid):
            self.pid = pid

        def poll(self):
            return None

        def wait(self):
            return 0

    killed, groups = [], []
    monkeypatch.setattr(attack_crash, "_kill", killed.append)
    monkeypatch.setattr(attack_crash.os, "killpg", lambda pid, _: groups.append(pid))
    monkeypatch.setattr(attack_crash.installation, "children", lambda pid: [pid + 1, pid + 2])
    attacked = Installation({}, 1, None, site=Process(4711), worker=Process(4720))
    attacked.kill("database", CHANCE)
    assert groups == [4720, 4711]
    attacked.kill("whole web", CHANCE)
    attacked.kill("worker", CHANCE)
    assert groups[2:] == [4711, 4720]
    assert killed == []
    attacked.kill("web process", CHANCE)
    assert len(killed) == 1
    assert killed[0] in {4712, 4713}
