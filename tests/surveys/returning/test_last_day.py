"""Until when it is used stands where the uses are asked and explained; afterwards the words say what became of it."""

import datetime
from html import unescape

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from feedback.consenting import change_uses
from feedback.ending import end_uses
from feedback.models import Consultation, Contribution, Removal, Use
from surveys.journey import places
from surveys.models import Answer, Response
from tests.surveys.journey.factories import WHOLE_WAY, Walker
from tests.surveys.returning.factories import GRANT, ask, come_back, take_words
from tests.surveys.returning.test_choosing_uses import save

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate()


@pytest.fixture
def sent(walker):
    words = take_words(walker)
    walker.go_to(places.CHECK, answers=WHOLE_WAY)
    walker.press("send")
    return words


def move(days: int) -> str:
    """The last day of use lies so many days from today; it is told like this."""
    last = TODAY + days * DAY
    Consultation.objects.update(opens_on=TODAY - 900 * DAY, closes_on=TODAY - 500 * DAY, used_until=last)
    return date_format(last, "j F Y")


def test_the_last_day_is_told_before_the_first_question_and_where_the_uses_are_asked(version):
    last = date_format(version.survey.consultation.last_day_of_use, "j F Y")
    walker = Walker()
    walker.begin(version.survey.code)
    told = f"We use what you tell us until {last}."
    assert told in walker.go_to(places.ABOUT).text
    assert told in walker.go_to("K-02").text
    assert "later work" not in walker.text
    assert told not in walker.go_to("K-03").text


def test_the_receipt_and_the_choices_tell_it_too(sent):
    last = move(30)
    page = come_back(sent)
    assert f"until {last}. Then we delete" in page.text
    assert f"until {last}. Then we delete" in ask(page, "uses").text
    page = save(page, "statistics", "future")
    assert f"So we keep what you sent after {last} too." in page.text
    assert "Then we delete" not in page.text


def test_after_the_last_day_the_answers_are_gone_and_the_receipt_says_so(sent):
    last = move(-1)
    assert end_uses() == 1
    assert not Response.objects.exists()
    assert not Answer.objects.exists()
    assert Removal.objects.get().rows["surveys.Answer"] > 3
    page = come_back(sent)
    assert page.heading == "What you sent has been deleted"
    assert f"We could use what you sent until {last}." in page.text
    assert f"on {date_format(TODAY, 'j F Y')}." in page.text
    assert "Change what we may do" not in page.text
    assert "None, because what you sent has been deleted." in ask(ask(page, "follow"), "became").text


@pytest.mark.parametrize("step", ["uses", "save-uses"])
def test_what_is_gone_cannot_be_changed_and_a_form_that_was_open_says_so(sent, step):
    page = come_back(sent)
    grant = unescape(GRANT.search(page.text)[1])
    move(-1)
    end_uses()
    page._send({"return": step, "grant": grant, "uses": ["statistics", "quote"]})
    assert page.heading == "What you sent has been deleted"
    assert "Your choices are saved" not in page.text


def test_the_note_that_is_left_can_be_taken_back(sent):
    move(-1)
    end_uses()
    page = ask(ask(come_back(sent), "withdraw"), "delete")
    assert page.heading == "Your answers have been deleted"
    assert not Contribution.objects.exists()


def test_kept_for_later_work_it_stays_and_refusing_that_afterwards_deletes_it_at_once(sent):
    change_uses(Contribution.objects.get().pk, {Use.STATISTICS, Use.FUTURE})
    last = move(-1)
    assert end_uses() == 0
    assert Answer.objects.exists()
    page = ask(come_back(sent), "uses")
    assert f"The last day was {last}." in page.text
    page = save(page, "statistics")
    assert page.heading == "What you sent has been deleted"
    assert "Your choices are saved." in page.text
    assert not Answer.objects.exists()
