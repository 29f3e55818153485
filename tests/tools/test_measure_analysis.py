"""The measurement of speed measures what it says."""

from itertools import islice

import pytest

from tools import measure_analysis
from tools.made_up_responses import responses

SAID = [
    "Nobody rang me back for six weeks.",
    "Nobody told me that the officer had left.",
    "The officer rang me on my birthday.",
    "They told me nobody had left the court by six.",
]


def test_responses_are_distinct_of_as_many_words_and_the_same_for_a_seed():
    made = list(responses(15, SAID, words=9, seed=1))
    assert len(set(made)) == 15
    assert {len(text.split()) for text in made} == {9}
    assert made == list(responses(15, SAID, words=9, seed=1))
    assert made[:5] == list(islice(responses(10, SAID, words=9, seed=1), 5))
    assert made != list(responses(15, SAID, words=9, seed=2))


def test_each_word_follows_as_in_some_statement():
    triples = {tuple(said[at : at + 3]) for said in (text.split() for text in SAID) for at in range(len(said) - 2)}
    for text in responses(15, SAID, words=9, seed=3):
        first, second, third = text.split()[:3]
        assert (first, second, third.rstrip(".")) in {(a, b, c.rstrip(".")) for a, b, c in triples}


def test_more_texts_than_the_statements_make_are_refused():
    with pytest.raises(ValueError, match="make 4 texts of 3 words, not 5"):
        list(responses(5, ["One two three.", "Four five six.", "Seven eight nine.", "Ten eleven twelve."], words=3))


@pytest.mark.parametrize(
    ("figure", "how", "is_fine"), [(240, "<=", True), (241, "<=", False), (0.9, ">=", True), (0.89, ">=", False)]
)
def test_a_missed_target_is_said(capsys, figure, how, is_fine):
    assert measure_analysis._say("it took", figure, how, 240 if figure > 1 else 0.9, " s") == is_fine
    assert ("MISSED" in capsys.readouterr().out) != is_fine


def test_memory_counts_this_process():
    import os

    assert measure_analysis._proportional(os.getpid()) > 10
    assert os.getpid() in measure_analysis._family(os.getpid())
    assert 0 < measure_analysis._spent(os.getpid()) <= sum(os.times()[:2]) + 0.1


def test_a_stage_is_charged_with_what_its_function_takes():
    from collections import defaultdict

    spent = defaultdict(float)
    was = measure_analysis._proportional
    try:
        measure_analysis._time("looking", "tools.measure_analysis", "_proportional", spent)
        measure_analysis._proportional(1)
    finally:
        measure_analysis._proportional = was
    assert spent["looking"] > 0
