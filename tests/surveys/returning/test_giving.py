"""Words are offered, shown, typed back, and only then stored; no thanks is as easy."""

import re

import pytest

from surveys.journey import handing, places
from surveys.models import Draft, DraftWords
from surveys.returning import keeping, words
from surveys.returning.turns import Busy, Turns
from tests.surveys.journey.factories import WHOLE_WAY
from tests.surveys.returning.factories import held, other_than, shown, take_words

pytestmark = pytest.mark.django_db


def test_words_are_offered_before_the_first_sensitive_question(walker):
    walker.go_to("K-03")
    walker.press(**WHOLE_WAY["K-03"])
    assert walker.place == places.WORDS
    assert "14 days" in walker.text
    kinds = re.findall(r'<button class="([^"]*)" type="submit" name="button" value="(?:give|skip)"', walker.text)
    assert len(kinds) == 2
    assert len(set(kinds)) == 1


def test_no_thanks_goes_on_and_is_not_asked_again(walker):
    walker.go_to(places.WORDS)
    walker.press("skip")
    assert walker.place == "K-04"
    walker.go_to(places.CHECK)
    assert not DraftWords.objects.exists()
    assert "You have no return words" in walker.text


def test_back_from_the_offer_leads_to_the_question_before(walker):
    walker.go_to(places.WORDS)
    walker.press("back")
    assert walker.place == "K-03"


def test_words_can_still_be_taken_at_the_end(walker):
    walker.go_to(places.CHECK)
    walker.press("words")
    take_words(walker)
    assert walker.place == places.CHECK
    assert DraftWords.objects.exists()
    assert "You have no return words" not in walker.text


def test_nothing_is_stored_until_the_words_come_back(walker):
    walker.go_to(places.WORDS)
    walker.press("give")
    assert len(shown(walker)) == 6
    walker.press("written", held=held(walker))
    assert shown(walker) == []
    assert not DraftWords.objects.exists()
    assert not Draft.objects.get().words_offered


def test_the_right_words_lead_on_and_are_not_shown_again(walker):
    said = take_words(walker)
    assert walker.place == "K-04"
    assert DraftWords.objects.get().draft == Draft.objects.get()
    walker.read()
    assert not set(said.split()) & set(shown(walker))
    assert 'name="held"' not in walker.text


@pytest.mark.parametrize("typed", ["", "not the words at all", "one"])
def test_a_wrong_retype_shows_the_same_words_again_kindly(walker, typed):
    walker.go_to(places.WORDS)
    walker.press("give")
    first = shown(walker)
    walker.press("written", held=held(walker))
    walker.press("retyped", held=held(walker), words=typed)
    assert walker.response.status_code == 422
    assert shown(walker) == first
    assert "Here are your words again" in walker.text
    assert not DraftWords.objects.exists()


def test_one_exchanged_word_is_a_wrong_retype(walker):
    walker.go_to(places.WORDS)
    walker.press("give")
    said = " ".join(shown(walker))
    walker.press("retyped", held=held(walker), words=other_than(said, at=5))
    assert walker.response.status_code == 422
    assert not DraftWords.objects.exists()


def test_capitals_and_commas_do_not_spoil_a_retype(walker):
    walker.go_to(places.WORDS)
    walker.press("give")
    said = ", ".join(word.upper() for word in shown(walker))
    walker.press("retyped", held=held(walker), words=said)
    assert DraftWords.objects.exists()


def test_the_words_can_be_looked_at_again_before_they_are_typed(walker):
    walker.go_to(places.WORDS)
    walker.press("give")
    first = shown(walker)
    walker.press("written", held=held(walker))
    walker.press("again", held=held(walker))
    assert shown(walker) == first


def test_a_second_click_on_the_last_step_gives_one_row(walker):
    walker.go_to(places.WORDS)
    walker.press("give")
    said, box, marks = " ".join(shown(walker)), held(walker), walker.marks
    for _ in range(2):
        walker.press("retyped", marks=marks, held=box, words=said)
        assert walker.place == "K-04"
    assert DraftWords.objects.count() == 1


@pytest.mark.parametrize("box", ["", "zz", "00" * 60])
def test_a_forged_box_of_words_is_no_box(walker, box):
    walker.go_to(places.WORDS)
    for button in ("written", "retyped", "again"):
        walker.press(button, held=box, words="abacus " * 6)
        assert walker.place == places.WORDS
    assert not DraftWords.objects.exists()


def test_a_draft_takes_words_once(walker):
    take_words(walker)
    walker.go_to(places.CHECK)
    walker.press("words")
    walker.press("give")
    assert shown(walker) == []
    assert DraftWords.objects.count() == 1


def test_words_that_begin_like_others_are_exchanged_for_new_ones(walker, monkeypatch):
    def taken(*args, **settings):
        raise keeping.Taken

    walker.go_to(places.WORDS)
    walker.press("give")
    first, box = shown(walker), held(walker)
    monkeypatch.setattr(handing.keeping, "give", taken)
    walker.press("retyped", held=box, words=" ".join(first))
    assert walker.response.status_code == 409
    assert shown(walker) != first
    assert not Draft.objects.get().words_offered


def test_two_sets_with_the_same_finding_words_are_never_in_use_at_once(walker, version):
    from surveys.returning.proving import prove
    from surveys.returning.words import Words

    first = words.draw()
    alike = Words(first.all[:2] + words.draw().all[2:])
    other = Draft.objects.create(version=version, touched_on="2026-01-01")
    keeping.give(Draft.objects.exclude(pk=other.pk).get(), prove(first), carry=b"k" * 32)
    with pytest.raises(keeping.Taken):
        keeping.give(other, prove(alike), carry=b"k" * 32)


def test_when_too_many_wait_the_person_tries_again_with_the_same_words(walker, monkeypatch):
    walker.go_to(places.WORDS)
    walker.press("give")
    said, box = " ".join(shown(walker)), held(walker)

    def busy(_):
        raise Busy

    with monkeypatch.context() as patched:
        patched.setattr(handing, "prove", busy)
        walker.press("retyped", held=box, words=said)
    assert walker.response.status_code == 503
    assert walker.response["Retry-After"]
    walker.press("retyped", held=held(walker), words=said)
    assert DraftWords.objects.exists()


def test_a_full_bench_turns_away_and_a_free_one_does_not():
    turns = Turns(at_once=1, waiting=1, patience=0.0)
    with turns.turn(), pytest.raises(Busy), turns.turn():
        pass
    with turns.turn():
        pass
    none_may_wait = Turns(at_once=1, waiting=0, patience=60.0)
    with none_may_wait.turn(), pytest.raises(Busy), none_may_wait.turn():
        pass
