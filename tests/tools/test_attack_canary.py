"""The attack finds what leaks, wherever and however it is written, and the site keeps a handful of words to itself."""

import pytest
from django.db import connection  # noqa: F401 - asked by the condition of a skip

from tools import attack_canary
from tools.canary import words
from tools.canary.words import FORMS, Found, Search


@pytest.mark.parametrize("form", FORMS)
def test_every_word_is_found_in_every_form(form):
    drawn = words.draw(20)
    found = Search(drawn).through([b", ".join(words.written(word, form) for word in drawn)])
    assert found.words == set(drawn)
    assert found.forms == {form}


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_base64_is_found_wherever_a_word_begins(offset):
    (word,) = words.draw(1)
    piece = words.base64.b64encode(b"x" * (30 + offset) + word.encode() + b" and on")
    assert Search([word]).through([piece]).words == {word}


def test_words_of_another_run_are_not_found():
    found = Search(words.draw(5)).through([" ".join(words.draw(5)).encode()])
    assert found.is_clean
    assert found.searched > 0


def test_a_piece_of_a_word_is_a_find_too():
    (word,) = words.draw(1)
    assert not Search([word]).through([word[:14].encode()]).is_clean


def test_a_place_with_a_word_and_a_control_that_misses_one_both_fail(capsys):
    clean, one, all_of_them = Found(searched=5), Found({"a"}, {"JSON"}), Found({"a", "b"})
    assert attack_canary.told(2, {"here": clean}, {"here": all_of_them}) == 0
    assert attack_canary.told(2, {"here": one}, {"here": all_of_them}) == 1
    assert "as JSON" in capsys.readouterr().out
    assert attack_canary.told(2, {"here": clean}, {"here": one}) == 1
    assert attack_canary.told(2, {"here": Found(fragments=1)}, {"here": all_of_them}) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the attack searches files of SQLite")
def test_words_sent_in_every_way_are_in_none_of_the_places_and_leaked_ones_in_all(keys):
    ways, ended, found, control = attack_canary.attack(34)
    assert set(ways.values()) == {2}
    assert ended["FAILED"] >= 1
    assert len(found) == len(control) == 12
    assert {name: one.forms for name, one in found.items() if not one.is_clean} == {}
    assert {name: len(one.words) for name, one in control.items()} == dict.fromkeys(found, 34)
