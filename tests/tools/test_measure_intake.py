"""The figures of a steady rate are told as they are, and a slow or faulty run is not good enough."""

import http.client

import pytest

from tools import measure_intake
from tools.measure_intake import MOST_P95, Taken, arrive, report
from tools.trial.visitor import Step, TurnedAway


def taken(seconds=0.1, number=40, faults=0):
    done = Taken(journeys=[seconds * 5] * number)
    done.steps["send"] = [seconds] * number
    done.faults["TurnedAway send: 500"] += faults
    return done


@pytest.mark.parametrize(
    ("done", "is_enough"),
    [
        (taken(), True),
        (taken(seconds=MOST_P95 + 0.01), False),
        (taken(faults=1), False),
        (taken(number=39), False),
        (Taken(), False),
    ],
)
def test_slow_faulty_or_unfinished_is_not_enough(done, is_enough):
    assert report(done, rate=10, seconds=4) is is_enough


def test_the_figure_stands_beside_what_is_wanted(capsys):
    report(taken(seconds=0.25), rate=10, seconds=4)
    said = capsys.readouterr().out
    assert "40 of 40 submissions" in said
    assert "p95 of every request: 250 ms; below 800 ms is wanted" in said
    assert "errors: 0; 0 is wanted" in said


def test_people_arrive_at_their_rate_and_every_fault_is_kept(monkeypatch):
    class Someone:
        number = 0

        def __init__(self, port, text):
            Someone.number += 1
            self.fault = {1: TurnedAway("send: 503"), 2: http.client.BadStatusLine("x")}.get(Someone.number)

        def walk(self):
            yield Step("begin", 0.01)
            if self.fault:
                raise self.fault

    monkeypatch.setattr(measure_intake, "Visitor", Someone)
    found = arrive(1, rate=50, seconds=0.1)
    assert Someone.number == 5
    assert len(found.journeys) == 3
    assert sum(found.faults.values()) == 2
