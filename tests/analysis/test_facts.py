"""What rules find is taken from the first reading of a text, and is what reading each window again would say."""

import random

import pytest

from analysis.codebook import load
from analysis.codebook.examples import examples
from analysis.pipeline import facts
from analysis.pipeline.reading import read_text, reads_alone
from analysis.pipeline.results import Statement
from analysis.pipeline.rules import compile_rules
from analysis.pipeline.windows import windows

JOINTS = (" ", ". ", "\n", "\n\n- ", "... ", " • ", "; ", '" ', ", and\n", " . ")


def first_read(texts):
    read = [(text, read_text(text, compile_rules(load()))) for text in texts]
    return [(text, one, windows(one.statements)) for text, one in read]


@pytest.fixture(scope="module")
def said():
    chance = random.Random(0)  # noqa: S311 - a test, not a secret
    written = [one.text for one in examples()]
    joined = [chance.choice(JOINTS).join(chance.sample(written, 3)) for _ in range(150)]
    return first_read([*chance.sample(written, 50), *joined, "", " \n", "... and then? Nobody rang."])


def test_facts_of_windows_are_those_of_reading_them_again(said):
    known = facts.of_windows(said, load())
    texts = sorted(known)
    again = facts.of_texts(texts, load())
    assert again.any(axis=1).mean() > 0.5
    assert [known[text].tolist() for text in texts] == again.tolist()


def test_hardly_a_window_is_read_again(said):
    looked_at = {text[one.start : one.end] for text, _, spans in said for one in spans}
    assert len(facts.of_windows(said, load())) > 0.75 * len(looked_at)


def test_a_window_that_may_read_otherwise_by_itself_is_left_to_be_read():
    wrapped = "The officer who came to see us that night told us nobody would ever\nring us back again"
    assert not reads_alone(wrapped, Statement(0, len(wrapped)))
    assert not reads_alone(". Nobody rang", Statement(0, 13))
    assert facts.of_windows(first_read([wrapped]), load()) == {}


def test_facts_that_are_known_are_not_looked_for():
    known = {"Nobody rang me back.": facts.of_texts(["It was draughty"], load())[0]}
    assert facts.of_texts(list(known), load(), known).tolist() == [known["Nobody rang me back."].tolist()]
