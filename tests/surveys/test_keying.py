"""Keying in a reply: the survey's own routes, sealed at once, and nothing that says who keyed which."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from feedback.models import Channel, Contribution, SealedText, Voice
from surveys.dated import EqualityCount
from surveys.equality import bank
from surveys.models import Answer, Draft, KeyedCount
from tests.accounts.factories import UserFactory, sign_in
from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import EVERY_KIND

pytestmark = pytest.mark.django_db
WORDS = "They never [illegible] rang back"
WHOLE = {
    "channel": "paper",
    "K-01-answer": "yes",
    "K-02-answer": ["statistics"],
    "K-03-answer": "for-someone",
    "K-04-answer": "yes",
    "K-05-answer": "agree",
    "K-07-answer_1": "2024",
    "K-11-answer": WORDS,
}


@pytest.fixture
def version(keys):
    return SurveyVersionFactory(definition=EVERY_KIND)


@pytest.fixture
def keyer(client):
    user = UserFactory(roles=[Role.MODERATOR])
    sign_in(client, user)
    return user


@pytest.fixture
def sheet(client, keyer, version):
    """Posts a sheet that was just opened: `sheet(K-04-answer="no")`."""
    url = reverse("surveys_key_reply", args=[version.survey.code])

    def post(without=(), ticket=None, **changed):
        ticket = ticket or client.get(url).context["ticket"]
        data = {**WHOLE, "received_on": f"{timezone.localdate():%d/%m/%Y}", "ticket": ticket, **changed}
        data = {name: value for name, value in data.items() if name not in without}
        return client.post(url, urlencode(data, doseq=True), content_type="application/x-www-form-urlencoded")

    return post


def test_a_reply_is_received_like_any_other(sheet):
    response = sheet()
    assert response.status_code == 302
    contribution = Contribution.objects.get()
    assert (contribution.channel, contribution.voice) == (Channel.PAPER, Voice.PROXY)
    assert (contribution.may_statistics, contribution.may_quote) == (True, False)
    assert contribution.received_on == timezone.localdate()
    assert Answer.objects.get(question_id="K-05").value == "agree"
    assert [text.question_id for text in SealedText.objects.all()] == ["K-11"]
    assert not Draft.objects.exists()


def test_nothing_is_shown_after_sending_and_the_sheet_cannot_be_sent_twice(client, sheet, version):
    url = reverse("surveys_key_reply", args=[version.survey.code])
    ticket = client.get(url).context["ticket"]
    after = client.get(sheet(ticket=ticket)["Location"])
    assert "illegible] rang" not in after.content.decode()
    assert "It is in." in after.content.decode()
    assert after.context["head"]["channel"].value() == "paper"
    again = sheet(ticket=ticket)
    assert again["Location"].endswith("?again=1")
    assert Contribution.objects.count() == 1


def test_a_count_for_the_day_is_all_that_is_written_down(sheet, keyer):
    sheet()
    sheet()
    row = KeyedCount.objects.get()
    assert (row.keyed_by, row.keyed_on, row.replies) == (keyer, timezone.localdate(), 2)
    known = {str(pk) for pk in Contribution.objects.values_list("pk", flat=True)}
    assert not any(str(value) in known for value in vars(row).values())


def test_no_words_stay_in_the_session(client, sheet):
    sheet(**{"K-04-answer": "nonsense"})
    sheet()
    assert WORDS not in str(dict(client.session.items()))


def test_answers_off_the_route_are_named_before_they_are_dropped(sheet):
    shown = sheet(**{"K-04-answer": "no"})
    assert shown.status_code == 422
    assert [line.question.id for line in shown.context["off_route"]] == ["K-05"]
    assert "Only after “Yes” to “Did you tell the police?”" in shown.content.decode()
    assert WORDS in shown.content.decode()
    assert not Contribution.objects.exists()
    sheet(**{"K-04-answer": "no", "button": "without", "left_out": "K-05"})
    assert not Answer.objects.filter(question_id="K-05").exists()
    assert Contribution.objects.count() == 1


def test_leaving_out_covers_only_what_was_named(sheet):
    shown = sheet(**{"K-04-answer": "no", "button": "without", "left_out": "K-06"})
    assert (shown.status_code, Contribution.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("changed", "without", "said"),
    [
        ({}, ["channel"], "Choose how the reply came."),
        ({}, ["received_on"], "Give the day we received it."),
        ({"received_on": "31/2/2026"}, [], "Write the day as day, month and year"),
        ({}, ["K-01-answer"], "Without a yes nothing can be kept."),
        ({"K-01-answer": "no"}, [], "did not agree to take part"),
        ({"K-05-answer": "nonsense"}, [], "Choose one of the answers on this page."),
        ({"K-11-answer": "x" * 201}, [], "1 characters too long"),
        ({"channel": "online"}, [], "Select a valid choice"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(sheet, changed, without, said):
    shown = sheet(without=without, **changed)
    assert shown.status_code == 422
    assert said in shown.content.decode()
    assert not Contribution.objects.exists()


def test_the_day_lies_between_the_opening_and_today(sheet, version):
    tomorrow = timezone.localdate() + timedelta(days=1)
    before = version.survey.consultation.opens_on - timedelta(days=1)
    assert "That day has not come yet." in sheet(received_on=f"{tomorrow:%d/%m/%Y}").content.decode()
    assert "The consultation opened on" in sheet(received_on=f"{before:%d/%m/%Y}").content.decode()
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MODERATOR])
def test_other_roles_are_refused(client, version, role):
    sign_in(client, UserFactory(roles=[role]))
    assert client.get(reverse("surveys_key_reply", args=[version.survey.code])).status_code in {302, 403}
    assert client.post(reverse("surveys_key_reply", args=[version.survey.code])).status_code in {302, 403}
    assert not Contribution.objects.exists()


def test_the_list_names_the_surveys_that_have_opened(client, keyer, version):
    assert version.survey.title in client.get(reverse("surveys_keying")).content.decode()
    assert client.get(reverse("surveys_key_reply", args=["nothing"])).status_code == 404


class TestAboutYou:
    """The paper sheet of questions about people: counted once, and joined to nothing."""

    @pytest.fixture
    def address(self, version, keyer):
        bank.adopt(
            version.survey.consultation.organisation,
            from_date=timezone.localdate(),
            by=UserFactory(roles=[Role.EDITOR]),
        )
        return reverse("surveys_key_about_you", args=[version.survey.code])

    def key(self, client, address, *, slip=None, chosen=0):
        page = client.get(address)
        question = page.context["sheet"].lines[0].question
        answer = {f"{question.id}-answer": question.options[chosen].value} if chosen is not None else {}
        return client.post(address, {"slip": slip or page.context["slip"], **answer}, follow=True)

    def test_each_answer_is_one_more_and_nothing_else_is_kept(self, client, address):
        assert "It is counted." in self.key(client, address).content.decode()
        self.key(client, address)
        row = EqualityCount.objects.get()
        assert row.count == 2
        assert not Contribution.objects.exists()
        assert not KeyedCount.objects.exists()

    def test_a_sheet_sent_twice_is_counted_once(self, client, address):
        slip = client.get(address).context["slip"]
        self.key(client, address, slip=slip)
        assert "nothing was counted" in self.key(client, address, slip=slip).content.decode()
        assert EqualityCount.objects.get().count == 1

    def test_an_empty_sheet_counts_nothing_and_says_so(self, client, address):
        assert "No answer was ticked" in self.key(client, address, chosen=None).content.decode()
        assert not EqualityCount.objects.exists()

    def test_a_value_that_is_not_offered_is_shown_again(self, client, address):
        page = client.get(address)
        question = page.context["sheet"].lines[0].question
        response = client.post(address, {"slip": page.context["slip"], f"{question.id}-answer": "made-up"})
        assert response.status_code == 422
        assert not EqualityCount.objects.exists()

    def test_only_whoever_keys_replies_may_and_only_where_it_is_asked(self, client, version, keyer):
        address = reverse("surveys_key_about_you", args=[version.survey.code])
        assert client.get(address).status_code == 404
        sign_in(client, UserFactory(roles=[Role.ANALYST]))
        assert client.get(address).status_code in {302, 403}
