"""The attack on a thousand made-up reports finds nothing, and it does find something where the gate is taken down."""

import random

import pytest

from analysis.disclosure import gate
from analysis.report import assembling
from tools import attack_disclosure
from tools.attack_disclosure import QUARTERS, SERIES, Tally, attack


def attacked(number, periods):
    tally = Tally()
    for seed in range(number):
        attack(periods[seed % len(periods)], random.Random(f"test {seed}"), tally)  # noqa: S311
    return tally


@pytest.mark.slow
def test_a_thousand_reports_give_nothing_away():
    tally = attacked(1000, [(QUARTERS[:1],), (QUARTERS[:2],)])
    assert tally.hidden > 1000
    assert (tally.exact, tally.narrow, tally.false) == (0, 0, 0)


def test_reports_give_nothing_away():
    tally = attacked(40, [(QUARTERS[:1],), (QUARTERS[:2],)])
    assert tally.hidden > 40
    assert (tally.exact, tally.narrow, tally.false) == (0, 0, 0)


def test_series_of_overlapping_releases_give_nothing_away():
    tally = attacked(25, SERIES)
    assert tally.hidden > 25
    assert (tally.exact, tally.narrow, tally.false) == (0, 0, 0)


def test_the_attack_finds_what_a_release_without_audit_gives_away(monkeypatch):
    monkeypatch.setattr(assembling, "audited", lambda report, earlier: report)
    assert attacked(60, SERIES).has_failed


def test_the_attack_finds_exact_counts_where_nothing_is_hidden_or_rounded(monkeypatch):
    monkeypatch.setattr(assembling, "audited", lambda report, earlier: report)
    monkeypatch.setattr(gate, "LEAST", 0)
    monkeypatch.setattr(gate, "rounded", lambda count: count)
    monkeypatch.setattr(attack_disclosure, "_claim", lambda keys, words: [(keys, int(words), int(words))])
    monkeypatch.setattr(gate, "_is_whole_group", lambda cell, group: False)
    assert attacked(5, [(QUARTERS[:1],)]).exact > 0


def test_the_command_prints_its_figures_and_says_by_its_exit_status_whether_it_failed(monkeypatch, capsys):
    assert attack_disclosure.main(["--tables", "4", "--series", "2"]) == 0
    assert "recovered exactly" in capsys.readouterr().out
    monkeypatch.setattr(assembling, "audited", lambda report, earlier: report)
    assert attack_disclosure.main(["--tables", "1", "--series", "60"]) == 1
