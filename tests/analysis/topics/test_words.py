"""The words and statements that stand for a topic."""

import numpy as np

from analysis.topics.words import distinctive, representative

BUS = ["The bus was late again", "No bus came at all", "Our bus never stops here", "That bus is cold"]
SOUP = ["The soup was cold", "Cold soup every day", "Soup and more soup", "No soup for me"]
LABELS = np.array([0] * 4 + [1] * 4, dtype=np.int64)


def test_the_words_of_a_topic_are_those_said_more_in_it_than_elsewhere():
    bus, soup = distinctive(BUS + SOUP, LABELS, fewest=1)
    assert bus[0].word == "bus"
    assert soup[0].word == "soup"
    assert "the" not in {word.word for word in bus}


def test_a_word_needs_several_contributions_not_several_statements():
    assert [word.word for word in distinctive(BUS + SOUP, LABELS, fewest=3)[0]] == ["bus"]
    one_person = [7, 7, 7, 7, 1, 2, 3, 3]
    bus, soup = distinctive(BUS + SOUP, LABELS, one_person, fewest=3)
    assert bus == []
    assert [(word.word, word.rows) for word in soup] == [("soup", (4, 5, 6, 7))]


def test_words_said_elsewhere_too_do_not_lead():
    outside = ["cold"] * 20
    labels = np.array([*LABELS, *[-1] * 20])
    assert next(word.word for word in distinctive(BUS + SOUP + outside, labels, fewest=1)[1]) == "soup"


def test_what_was_hidden_is_no_word_and_apostrophes_are_one():
    found = distinctive(["[name] wasn’t a well-known neighbour", "[name] neighbour"], np.array([0, 0]), fewest=1)
    assert {word.word for word in found[0]} == {"neighbour", "well-known"}


def test_no_word_at_all_is_no_failure():
    assert distinctive(["!!", "??"], np.array([0, 1])) == [[], []]
    assert distinctive(BUS, np.full(4, -1)) == []


def test_representative_statements_are_near_the_middle_and_from_different_people():
    vectors = np.array([[1, 0], [1, 0.1], [1, 0.2], [0, 1]], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = np.array([0, 0, 0, -1])
    assert representative(vectors, labels)[0][0] == 1
    assert representative(vectors, labels, [5, 5, 6, 6])[0] == [1, 2]
