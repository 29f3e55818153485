"""With the words somebody sees what they agreed to, and changes it; whoever has no words changes nothing."""

import pytest

from feedback.models import Contribution, SealedText, Use
from surveys.journey import places
from surveys.returning.uses import CHOICES, choices, chosen
from tests.surveys.journey.factories import WHOLE_WAY, Walker
from tests.surveys.returning.factories import GRANT, ask, come_back, take_words

pytestmark = pytest.mark.django_db
HEADING = "What may we do with what you sent?"


@pytest.fixture
def sent(walker):
    """The words of somebody who agreed to be counted and quoted."""
    words = take_words(walker)
    walker.go_to(places.CHECK, answers=WHOLE_WAY)
    walker.press("send")
    return words


def save(walker: Walker, *uses: str) -> Walker:
    walker._send({"return": "save-uses", "grant": GRANT.search(walker.text)[1], "uses": list(uses)})
    return walker


def said(walker: Walker) -> list[bool]:
    """Yes or no, use by use, as the receipt says it."""
    rows = walker.text.split("What you said we may do")[1].split("</dl>")[0]
    return ["Yes" in row for row in rows.split("<dt")[1:]]


def test_every_use_can_be_chosen():
    assert [use for use, *_ in CHOICES] == list(Use)
    assert [choice.is_agreed for choice in choices({Use.QUOTE})] == [False, False, True, False]
    assert chosen(["quote", "nonsense", "quote"]) == {Use.QUOTE}


def test_the_receipt_shows_what_was_agreed(sent):
    assert said(come_back(sent)) == [True, False, True, False]


def test_the_page_comes_with_what_was_agreed_and_says_what_a_change_does_and_cannot_do(sent):
    page = ask(come_back(sent), "uses")
    assert page.heading == HEADING
    assert page.text.count(" checked") == 2
    for expected in (
        "What a change does",
        "What it cannot undo",
        "keep their numbers",
        "do not come back to that report",
    ):
        assert expected in page.text


@pytest.mark.parametrize("use", [use.value for use in Use])
def test_each_use_is_changed_both_ways_and_the_receipt_says_so(sent, use):
    position = [one.value for one in Use].index(use)
    for is_agreed in (True, False, True):
        page = save(ask(come_back(sent), "uses"), *([use] if is_agreed else []))
        assert page.heading == "We have your answers"
        assert "Your choices are saved." in page.text
        assert said(page)[position] is is_agreed
        assert getattr(Contribution.objects.get(), f"may_{use}") is is_agreed


def test_no_tick_is_no(sent):
    save(ask(come_back(sent), "uses"))
    assert Contribution.objects.get().uses == frozenset()
    assert SealedText.objects.exists()


def test_changing_nothing_changes_nothing(sent):
    page = ask(ask(come_back(sent), "uses"), "receipt")
    assert page.heading == "We have your answers"
    assert said(page) == [True, False, True, False]


def test_nobody_elses_choices_are_changed(sent, version):
    other = Walker()
    other.begin(version.survey.code)
    other.go_to(places.CHECK)
    other.press("send")
    save(ask(come_back(sent), "uses"))
    assert sorted(len(one.uses) for one in Contribution.objects.all()) == [0, 2]


@pytest.mark.parametrize("grant", ["", "zz", "00" * 60])
@pytest.mark.parametrize("step", ["uses", "save-uses", "receipt"])
def test_a_forged_grant_changes_and_shows_nothing(sent, grant, step):
    walker = Walker()
    walker._send({"return": step, "grant": grant, "uses": []})
    assert walker.heading == "Come back with your six words"
    assert len(Contribution.objects.get().uses) == 2


def test_after_a_withdrawal_every_step_says_that_it_is_deleted(sent):
    grant = GRANT.search(come_back(sent).text)[1]
    Contribution.objects.all().delete()
    for step in ("uses", "save-uses", "receipt", "withdraw"):
        walker = Walker()
        walker._send({"return": step, "grant": grant})
        assert walker.heading == "Your answers have been deleted"


def test_the_words_are_still_unread_by_the_page(sent):
    page = ask(come_back(sent), "uses")
    for words in ("Ring people back", "Slow but kind", "Did you tell"):
        assert words not in page.text
    assert not page.client.cookies


def test_the_last_page_speaks_of_six_words_only_to_whoever_took_them(sent, walker, version):
    assert "your six words" in walker.text
    other = Walker()
    other.begin(version.survey.code)
    other.go_to(places.CHECK)
    other.press("send")
    assert other.heading == "Your answers have been sent"
    assert "six words" not in other.text
