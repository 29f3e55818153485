"""After sending: questions about the person, said to be for good, counted once, and nothing else kept."""

import datetime
import os
import re
import uuid
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from feedback.models import Consultation
from surveys.equality import bank, slip
from surveys.journey import sitting
from surveys.models import EqualityCount, EqualityQuestion, UsedSlip
from tests.accounts.factories import UserFactory

SLIP = re.compile(r'name="slip" value="([0-9a-f]*)"')
MANY = settings(
    max_examples=60 if os.environ.get("HEARD_REQUIRE_ALL") == "1" else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
odd_text = st.text(st.characters(codec="utf-8") | st.sampled_from("\0\u202e\u2066\ufeff\r\n%&=+<>'\""), max_size=80)


class Person:
    """Somebody who has sent their answers and goes on without JavaScript."""

    def __init__(self, walker):
        self.walker = walker

    @property
    def text(self):
        return " ".join(self.walker.text.split())

    @property
    def heading(self):
        return self.walker.heading

    @property
    def slip(self):
        return SLIP.search(self.walker.text)[1]

    def press(self, button="continue", slip=None, **data):
        fields = {"about": "you", "slip": self.slip if slip is None else slip, "button": button, **data}
        self.walker.response = self.walker.client.post(
            "/form/", urlencode(fields, doseq=True), content_type="application/x-www-form-urlencoded"
        )
        return self.walker.response

    def to_check(self, **answers):
        self.press()
        for question in bank.questions(Consultation.objects.get().organisation):
            self.press(answer=answers.get(question.id, ""))
        assert self.heading == "Check your answers about you"


@pytest.fixture
def asked(version):
    editor = UserFactory(roles=[Role.EDITOR])
    bank.adopt(version.survey.consultation.organisation, from_date=datetime.date(2020, 1, 1), by=editor)
    EqualityQuestion.objects.exclude(key__in=["age", "sex", "carer"]).delete()


@pytest.fixture
def person(asked, walker):
    walker.go_to(":check")
    walker.press("send")
    assert walker.heading == "Your answers have been sent"
    return Person(walker)


def test_without_questions_nothing_is_offered(walker):
    walker.go_to(":check")
    walker.press("send")
    assert "Some questions about you" not in walker.text
    assert "You can close this page now." in walker.text


def test_before_anything_is_asked_it_says_that_nothing_can_be_taken_back(person):
    said = person.text.index("find them, change them or take them back")
    assert said < person.text.index("Go to the questions about you")
    buttons = re.findall(r'<button class="([^"]*)"[^>]*value="(?:continue|no)"', person.walker.text)
    assert len(set(buttons)) == 1


def test_the_offer_stands_on_the_page_when_it_is_shown_again(person):
    person.walker.read()
    assert person.slip


def test_one_question_on_a_page_with_a_way_not_to_say(person):
    person.press()
    assert person.heading == "How old are you?"
    assert "I would rather not say" in person.text
    person.press(answer="25-to-34")
    assert person.heading == "What is your sex?"
    person.press("back")
    assert person.heading == "How old are you?"
    assert re.search(r'value="25-to-34" checked', person.walker.text)
    person.press("skip")
    person.press()
    person.press(answer="no")
    assert person.heading == "Check your answers about you"
    assert person.text.count("Not answered") == 2


def test_an_answer_may_be_changed_before_it_is_sent(person):
    person.to_check(age="25-to-34", sex="female")
    person.press(change="age")
    assert person.heading == "How old are you?"
    person.press(answer="35-to-44")
    assert person.heading == "Check your answers about you"
    assert "35 to 44" in person.text
    assert "25 to 34" not in person.text


def test_nothing_is_kept_until_it_is_sent_and_then_only_counts(person):
    person.to_check(age="25-to-34", sex="prefer-not-to-say")
    assert not EqualityCount.objects.exists()
    person.press("send")
    assert "have been counted" in person.text
    assert set(EqualityCount.objects.values_list("question", "value", "count")) == {
        ("age", "25-to-34", 1),
        ("sex", "prefer-not-to-say", 1),
    }
    assert not person.walker.client.cookies["sitting"].value


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_leaving_sends_nothing(person, steps):
    for _ in range(steps):
        person.press(answer="25-to-34")
    person.press("no")
    assert "No answers about you have been sent." in person.text
    assert not EqualityCount.objects.exists()
    assert not UsedSlip.objects.exists()


def test_the_last_post_made_again_counts_nothing(person):
    person.to_check(age="25-to-34")
    last, cookie = person.slip, person.walker.client.cookies["sitting"].value
    person.press("send")
    again = person.press("send", slip=last)
    assert (again.status_code, person.heading) == (410, "These questions are closed")
    # A second click of the same moment still carries the cookie.
    person.walker.client.cookies["sitting"] = cookie
    again = person.press("send", slip=last)
    assert (again.status_code, person.heading) == (410, "These questions are closed")
    assert EqualityCount.objects.get().count == 1


def test_an_answer_that_is_not_offered_is_asked_for_again(person):
    person.press()
    assert person.press(answer="ancient").status_code == 422
    assert person.heading == "How old are you?"
    assert "There is a problem" in person.text


def test_a_slip_of_another_consultation_or_another_day_is_none(person):
    consultation = Consultation.objects.get()
    today = timezone.localdate()
    stranger = slip.lock(slip.new(today), uuid.uuid4())
    assert person.press("continue", slip=stranger).status_code == 410
    old = slip.lock(slip.new(today - datetime.timedelta(days=2)), consultation.pk)
    assert person.press("continue", slip=old).status_code == 410


def test_without_having_sent_answers_nothing_is_asked(person):
    good = person.slip
    client = Client(enforce_csrf_checks=True)
    body = urlencode({"about": "you", "slip": good, "button": "send"})
    response = client.post("/form/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 410
    assert not UsedSlip.objects.exists()


def test_a_bank_that_empties_meanwhile_ends_kindly(person):
    person.press()
    EqualityQuestion.objects.all().delete()
    assert person.press(answer="25-to-34").status_code == 410


def test_a_question_that_goes_meanwhile_is_not_counted(person):
    person.to_check(age="25-to-34", sex="female")
    EqualityQuestion.objects.filter(key="age").delete()
    person.press("send")
    assert EqualityCount.objects.get().question == "sex"


def test_these_pages_have_the_one_address_title_and_exit(person):
    for _ in range(4):
        person.press()
        assert "<title>Your answers</title>" in person.walker.text
        assert "data-exit" in person.walker.text
        assert person.walker.response["Cache-Control"] == "no-store"
        assert "25-to-34" not in unescape(person.slip)


def test_the_exit_ends_these_pages_too(person):
    person.press()
    person.walker.client.get("/leave")
    assert person.press(answer="25-to-34").status_code == 410


@MANY
@given(
    fields=st.lists(st.tuples(st.sampled_from(["slip", "button", "change", "answer"]) | odd_text, odd_text), max_size=8)
)
def test_any_fields_get_a_page_and_count_nothing(person, fields):
    body = urlencode([("about", "you"), *fields])
    response = person.walker.client.post("/form/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {403, 410}
    assert not EqualityCount.objects.exists()


@MANY
@given(answers=st.lists(odd_text, min_size=1, max_size=3))
def test_any_answer_gets_a_page_and_nothing_of_it_is_kept(person, answers):
    person.walker.read()
    person.press()
    assert person.press(answer=answers).status_code in {200, 422}
    assert not EqualityCount.objects.exists()


class TestInTheWordsOfWhoAnswers:
    """In the language they answered in, or in Easy Read; the counts are the same."""

    @pytest.fixture
    def urdu(self, asked, walker, settings):
        """Somebody whose browser was spoken to in Urdu last, on the page after sending."""
        settings.HEARD_DEMO = True
        return self.spoken(walker, b"ur-")

    def spoken(self, walker, tail):
        walker.go_to(":check")
        walker.press("send")
        sent = Consultation.objects.get().pk.bytes
        walker.client.cookies["sitting"] = sitting.encoded(sent + tail)
        walker.read()
        return Person(walker)

    def test_in_urdu_from_right_to_left_and_marked_as_unchecked(self, urdu):
        urdu.press()
        assert urdu.heading == "آپ کی عمر کتنی ہے؟"
        assert 'dir="rtl"' in urdu.text
        assert "nobody has checked yet" in urdu.text
        assert "How old" not in urdu.text
        assert "مجھے یہ نہیں بتانا" in urdu.text
        urdu.press(answer="25-to-34")
        urdu.press(answer="female")
        urdu.press(answer="no")
        assert "25 سے 34" in urdu.text
        urdu.press("send")
        assert set(EqualityCount.objects.values_list("question", "value")) == {
            ("age", "25-to-34"), ("sex", "female"), ("carer", "no"),
        }  # fmt: skip

    def test_an_unchecked_language_is_asked_nothing_outside_a_demonstration(self, urdu, settings):
        settings.HEARD_DEMO = False
        urdu.walker.read()
        assert 'name="slip"' not in urdu.text

    def test_words_of_an_offices_own_are_asked_in_english_only(self, urdu):
        EqualityQuestion.objects.filter(key="sex").update(label="Our own words?")
        urdu.walker.read()
        assert 'name="slip"' not in urdu.text
        assert urdu.press(slip="00").status_code == 410

    def test_in_easy_read_with_a_picture_on_every_page_to_the_end(self, asked, walker):
        easy = self.spoken(walker, b"ene")
        assert "These questions are not in Easy Read" not in easy.text
        easy.press()
        assert easy.heading == "How old are you?"
        for shown in ("heard-idea", "I do not want to say", "75 or more", "pictures/calendar.svg"):
            assert shown in easy.text
        easy.press(answer="ancient")
        assert "heard--easy" in easy.text
        easy.press(answer="75-or-over")
        easy.press(answer="male")
        easy.press("skip")
        assert "Then we cannot find them again." in easy.text
        last = easy.slip
        easy.press("send")
        assert "We counted what you said about you." in easy.text
        assert EqualityCount.objects.count() == 2
        easy.walker.client.cookies["sitting"] = sitting.encoded(Consultation.objects.get().pk.bytes + b"ene")
        easy.press("send", slip=last)
        assert easy.heading == "These questions are shut"

    def test_easy_read_says_so_where_an_office_asks_in_its_own_words(self, asked, walker):
        EqualityQuestion.objects.filter(key="sex").update(label="Our own words?")
        easy = self.spoken(walker, b"ene")
        assert "These questions are not in Easy Read" in easy.text
        easy.press()
        assert "75 or over" in easy.text
