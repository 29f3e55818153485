"""What rules found in texts, and how they sound: taken from the first reading, as reading each window again would say.

A theme is there unless something withdraws it, wherever that stands.
"""

import dataclasses
import random

import pytest

from analysis.codebook import Codebook, Patterns, Theme, load
from analysis.codebook.examples import examples
from analysis.pipeline import facts, tones
from analysis.pipeline.reading import parts, read_text, reads_alone
from analysis.pipeline.results import Statement
from analysis.pipeline.rules import compile_rules
from analysis.pipeline.windows import windows

FERRY = Theme(
    "ferry",
    "The ferry",
    "core",
    "contact",
    "Made up.",
    cues=("ferry timetable",),
    patterns=Patterns(problem=("ferry sank",), unless=("ferry model",)),
)
HARBOUR = Codebook(
    "1", "facts", (FERRY,), load().valences, {"contact": "Contact"}, {}, load().words, (), (), load().taxonomies
)  # fmt: skip
JOINTS = (" ", ". ", "\n", "\n\n- ", "... ", " • ", "; ", '" ', ", and\n", " . ")


def first_read(texts):
    read = [(text, read_text(text, compile_rules(load()))) for text in texts]
    return [(text, one, windows(one.statements)) for text, one in read]


def parts_of(said):
    return {words: part for text, one, spans in said for words, part in parts(text, one, spans).items()}


@pytest.fixture(scope="module")
def said():
    chance = random.Random(0)  # noqa: S311 - a test, not a secret
    written = [one.text for one in examples()]
    joined = [chance.choice(JOINTS).join(chance.sample(written, 3)) for _ in range(150)]
    return first_read([*chance.sample(written, 50), *joined, "", " \n", "... and then? Nobody rang."])


@pytest.mark.parametrize("of_texts", [facts.of_texts, tones.of_texts])
def test_facts_and_tones_of_windows_are_those_of_reading_them_again(said, of_texts):
    read = parts_of(said)
    again = of_texts(sorted(read), load())
    assert again.any(axis=1).mean() > 0.5
    assert of_texts(sorted(read), load(), read).tolist() == again.tolist()


def test_a_window_has_the_words_and_matches_of_reading_it_again(said):
    for text, part in parts_of(said).items():
        again = read_text(text, compile_rules(load()))
        assert (part.words.line, part.words.words, part.words.columns, part.hits) == (
            *(again.words.line, again.words.words, again.words.columns),
            again.hits,
        )


def test_hardly_a_window_is_read_again(said):
    looked_at = {text[one.start : one.end] for text, _, spans in said for one in spans}
    assert len(parts_of(said)) > 0.75 * len(looked_at)


def test_a_window_that_may_read_otherwise_by_itself_is_left_to_be_read():
    wrapped = "The officer who came to see us that night told us nobody would ever\nring us back again"
    assert not reads_alone(wrapped, Statement(0, len(wrapped)))
    assert not reads_alone(". Nobody rang", Statement(0, 13))
    assert parts_of(first_read([wrapped])) == {}


def test_what_is_read_is_not_read_again():
    read = {"Nobody rang me back.": read_text("It was draughty", compile_rules(load()))}
    assert facts.of_texts(list(read), load(), read).tolist() == facts.of_texts(["It was draughty"], load()).tolist()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ferry sank.", 1),
        ("The ferry timetable.", 1),
        ("The ferry model.", 0),
        ("The ferry model. The ferry timetable.", 0),
        ("The ferry timetable, then the ferry model sank.", 0),
        ("A bus.", 0),
    ],
)
def test_what_withdraws_a_theme_is_stronger_than_any_match(text, found):
    assert facts.of_texts([text], HARBOUR)[0, 0] == found


def test_words_on_valence_stand_beside_themes():
    row = dict(zip(facts.names(HARBOUR), facts.of_texts(["A kind crew."], HARBOUR)[0], strict=True))
    assert (row["good"], row["bad"], row["ferry"]) == (1, 0, 0)


def test_the_order_of_patterns_decides_nothing():
    turned = dataclasses.replace(FERRY, patterns=Patterns(problem=("ferry model",), unless=("ferry",)))
    book = dataclasses.replace(HARBOUR, themes=(turned,), sha256="turned")
    assert facts.of_texts(["The ferry model."], book)[0, 0] == 0
