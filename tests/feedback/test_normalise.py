import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.normalise import normalise


@given(st.text(alphabet=st.characters()))
def test_doing_it_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.characters()))
def test_no_control_but_tab_and_new_line_is_left(text):
    done = normalise(text)
    assert {unicodedata.category(sign) for sign in done if sign not in "\t\n"}.isdisjoint({"Cc", "Cs"})
    assert done.encode("utf-8").decode("utf-8") == done


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("cafe\u0301", "café"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\0b\x07c", "abc"),
        ("Jo\u200bhn Pa\u00adtel \u2060x\ufeff", "John Patel x"),
        ("\u202eabc\u202c \u2066d\u2069 \u200fe", "abc d e"),
        ("half \ud800 a pair", "half  a pair"),
        ("\ttabs\tstay", "tabs\tstay"),
        ("ਕ੍\u200dਕ", "ਕ੍\u200dਕ"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("  \n \u00a0 \u200d \u200c\u3000", ""),
    ],
    ids=["nfc", "lines", "controls", "no width", "bidi", "surrogate", "tab", "panjabi joiner", "emoji", "blank"],
)
def test_what_goes_and_what_stays(given_text, expected):
    assert normalise(given_text) == expected
