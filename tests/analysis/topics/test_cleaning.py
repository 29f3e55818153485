"""What is set aside before topics are looked for."""

import pytest

from analysis.topics import clean
from analysis.topics.cleaning import Reason


def test_a_statement_said_again_is_set_aside_and_leads_to_the_first():
    cleaned = clean(["Nobody rang.", "The room was cold", "  NOBODY   rang!! ", "nobody rang"])
    assert cleaned.kept == (0, 1)
    assert cleaned.left_out == {2: Reason.AGAIN, 3: Reason.AGAIN}
    assert cleaned.first == {2: 0, 3: 0}


@pytest.mark.parametrize(
    "text", ["No comment", "n/a", "N.A.", "NONE!", "-", "", "  ", "42", "Don’t know", "[name]", "…"]
)
def test_what_says_nothing_is_set_aside(text):
    assert clean([text]).left_out == {0: Reason.NOTHING}


@pytest.mark.parametrize("text", ["Nobody had a comment for me", "None of them rang", "Rude", "कोई नहीं आया"])
def test_what_says_something_is_kept(text):
    assert clean([text]).kept == (0,)
