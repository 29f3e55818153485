"""The attack on return words finds what is there to be found; how long things take is not tested."""

import pytest

from tools import attack_words


@pytest.mark.parametrize(
    ("first", "second", "figure"),
    [([1, 2, 3], [1, 2, 3], 0.5), ([1, 1], [2, 2], 1.0), ([2, 2], [1, 1], 1.0), ([1, 3], [2, 4], 0.75)],
)
def test_the_figure_is_one_where_time_tells_everything_and_a_half_where_it_tells_nothing(first, second, figure):
    assert attack_words.auc(first, second) == figure


@pytest.mark.django_db
def test_each_kind_is_looked_up_as_the_site_does_and_leads_nowhere(capsys):
    found = attack_words.measure(2)
    numbers = {kind: len(seconds) for kind, seconds in found.items()}
    assert numbers == {"wrong": 2, "of a draft": 2, "withdrawn": 2, "unknown": 2}
    attack_words.print_timings(found)
    assert capsys.readouterr().out.count("AUC") == 6


@pytest.mark.django_db
def test_a_guess_that_comes_true_is_counted(monkeypatch, capsys):
    words = attack_words.draw()
    attack_words._send(words)
    attack_words.ReceiptWords.objects.update(proof=attack_words.prove(words).receipt.proof)
    monkeypatch.setattr(attack_words, "draw", lambda: words)
    assert attack_words.print_guesses(2) == 2
    assert "2 were right" in capsys.readouterr().out
