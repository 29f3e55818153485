"""Terms, how rare they are, and how many people must have said them."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis.learning.vocabulary import Sources, find

SAID = ["they never rang me", "they rang", "the court was cold", "court again", "never again"]


@pytest.mark.parametrize(
    ("kind", "options"),
    [("words", {"ngram_range": (1, 2)}), ("letters", {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2})],
)
def test_it_counts_as_the_library_it_was_made_with_does(kind, options):
    library = TfidfVectorizer(sublinear_tf=True, **options).fit(SAID)
    new = ["rang the court again and again", "nothing known: zzz", "", "They\u2003RANG \x1c the Court, a "]
    counted = find(kind, SAID).counted(new).toarray()
    np.testing.assert_allclose(counted, library.transform(new).toarray(), atol=1e-6)


def test_a_term_needs_as_many_contributions_as_are_asked_for():
    texts = ["alpha beta", "alpha beta", "alpha gamma", "beta gamma", "gamma"]
    contributions = [1, 1, 2, 3, 4]
    assert set(find("words", texts, Sources(contributions, 3)).terms) == {"gamma"}
    assert set(find("words", texts, Sources(contributions, 2)).terms) == {"alpha", "beta", "gamma"}
    letters = find("letters", texts, Sources(contributions, 3))
    assert " ga" in letters.terms
    assert " al" not in letters.terms


def test_repeating_a_word_in_one_contribution_does_not_let_it_in():
    assert find("words", ["smith smith", "smith", "smith"], Sources([7, 7, 7], 3)).terms == ()


def test_a_term_of_a_written_text_stands_and_one_that_too_few_people_say_does_not():
    texts = ["alpha beta", "alpha gamma", "delta gamma", "delta gamma", "delta"]
    written = np.array([True, False, False, False, False])
    people = Sources([0, 1, 2, 3, 2], 3, written)
    assert {term for term in find("words", texts, people).terms if " " not in term} == {"alpha", "beta", "gamma"}
    assert set(find("words", texts[:1], Sources([0], 3, written[:1])).terms) == {"alpha", "beta", "alpha beta"}


def test_texts_without_a_term_are_no_reason_to_fail():
    none = find("words", ["?!", "..."])
    assert none.terms == ()
    assert none.counted(["a word"]).shape == (1, 0)
