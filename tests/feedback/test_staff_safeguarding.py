"""The safeguarding list and its item: what is said first, what can be done, and that words stay where they were opened."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Role
from feedback import opening
from feedback.models import Contribution, Opening, Purpose, SafeguardingAction, SafeguardingOutcome
from feedback.opener import MOST_AN_HOUR, Opener
from feedback.redaction.spans import Redaction
from tests.accounts.factories import UserFactory, sign_in
from tests.feedback.factories import ContributionFactory, OpeningFactory, SealedTextFactory

pytestmark = pytest.mark.django_db
WORDS = "A fictional heron is outside <now>."
LIST = "/admin/safeguarding/"


@pytest.fixture(autouse=True)
def opener(monkeypatch):
    """The real opener, asked without its socket."""
    real = Opener(redact=lambda text: Redaction(text, ()))
    monkeypatch.setattr(opening, "_ask", real.answer)
    return real


@pytest.fixture
def lead():
    return UserFactory(roles=[Role.SAFEGUARDING_LEAD])


@pytest.fixture
def signed_in(client, lead):
    sign_in(client, lead)
    return client


@pytest.fixture
def text(keys):
    return SealedTextFactory(text=WORDS, contribution__urgent=True, question_id="what-happened")


def item(text, step=""):
    return f"{LIST}{text.contribution.pk}/{step}"


def open_address(text):
    return item(text, f"open/{text.pk}/")


def received(days, **kwargs):
    return ContributionFactory(received_on=timezone.localdate() - datetime.timedelta(days=days), urgent=True, **kwargs)


def test_an_empty_list_says_what_will_appear_here(signed_in):
    page = signed_in.get(LIST).content.decode()
    assert "Nothing is waiting for you" in page
    assert "The oldest that nobody has opened" not in page


def test_the_list_says_that_help_cannot_be_sent_and_when_the_office_reads(signed_in, text):
    page = signed_in.get(LIST).content.decode()
    assert "This platform cannot send help." in page
    assert "cannot be contacted" in page
    assert "Monday to Friday, 9am to 5pm" in page


def test_the_oldest_unopened_stands_at_the_top_with_its_age(signed_in, keys, lead):
    opened, oldest = received(40), received(12)
    received(3)
    OpeningFactory(sealed_text=SealedTextFactory(contribution=opened), opened_by=lead, purpose=Purpose.SAFEGUARDING)
    response = signed_in.get(LIST)
    assert response.context["oldest"] == oldest
    assert "waiting 12 days" in response.content.decode()
    assert next(iter(response.context["object_list"])) == opened


def test_one_that_came_today_is_told_so(signed_in, keys):
    received(0)
    assert "came in today" in signed_in.get(LIST).content.decode()


def test_what_triage_did_not_mark_is_not_on_the_list(signed_in, keys):
    quiet = ContributionFactory()
    assert list(signed_in.get(LIST).context["object_list"]) == []
    assert signed_in.get(f"{LIST}{quiet.pk}/").status_code == 404


@pytest.mark.parametrize("many", [0, 1, 10_000])
def test_the_list_asks_few_questions_of_the_database_however_long_it_is(
    signed_in, keys, many, django_assert_max_num_queries
):
    pattern = received(1)
    pattern.delete()
    rows = [
        Contribution(consultation=pattern.consultation, channel="online", voice="first-hand", urgency=2,
                     received_on=pattern.received_on, flags=["immediate-danger"])
        for _ in range(many)
    ]  # fmt: skip
    Contribution.objects.bulk_create(rows, batch_size=500)
    with django_assert_max_num_queries(20):
        assert signed_in.get(LIST).status_code == 200


def test_the_closed_item_shows_its_texts_sealed(signed_in, text):
    response = signed_in.get(item(text))
    page = response.content.decode()
    assert "What happened" in page
    assert "Immediate danger" in page
    assert open_address(text) in page
    assert "heron" not in page


def test_opening_shows_the_words_covered_and_writes_it_down(signed_in, text, lead):
    response = signed_in.post(open_address(text))
    page = response.content.decode()
    assert "A fictional heron is outside &lt;now&gt;." in page
    assert '<details class="words" data-words>' in page
    assert "no-store" in response["Cache-Control"]
    opened = Opening.objects.get()
    assert (opened.opened_by, opened.purpose, opened.sealed_text_id) == (lead, Purpose.SAFEGUARDING, text.pk)


def test_the_words_stay_in_the_response_that_opened_them(signed_in, text):
    signed_in.post(open_address(text))
    assert [where for where in (LIST, item(text), "/admin/") if "heron" in signed_in.get(where).content.decode()] == []


def test_an_outcome_takes_it_off_the_list(signed_in, text, lead):
    signed_in.post(open_address(text))
    response = signed_in.post(item(text, "record/"), {"outcome": SafeguardingOutcome.REFERRED}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Recorded: Referred to a safeguarding partner." in response.content.decode()
    assert list(response.context["object_list"]) == []
    assert SafeguardingAction.objects.get().taken_by == lead


def test_what_was_recorded_before_is_shown_on_the_item(signed_in, text, lead):
    signed_in.post(open_address(text))
    signed_in.post(item(text, "record/"), {"outcome": SafeguardingOutcome.ADVICE})
    assert f"Took advice, {timezone.localdate():%-d %B %Y}" in signed_in.get(item(text)).content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"outcome": SafeguardingOutcome.REFERRED}, "Open this before you record what you did about it."),
        ({}, "Choose what you did."),
        ({"outcome": "phoned"}, "Choose what you did."),
    ],
)
def test_what_cannot_be_recorded_is_explained(signed_in, text, values, sentence):
    response = signed_in.post(item(text, "record/"), values)
    assert sentence in response.content.decode()
    assert not SafeguardingAction.objects.exists()


def test_a_contribution_whose_texts_are_gone_says_so(signed_in, keys):
    gone = received(2)
    assert "There is nothing left to open" in signed_in.get(f"{LIST}{gone.pk}/").content.decode()


def test_a_refusal_to_open_is_a_sentence(signed_in, text, opener, lead):
    opener.cap.opened[lead.pk].extend([opener.cap.clock()] * MOST_AN_HOUR)
    page = signed_in.post(open_address(text)).content.decode()
    assert "Take a break, then carry on." in page
    assert "heron" not in page


def test_a_contribution_withdrawn_before_it_was_opened_is_told_on_the_list(signed_in, text):
    where = open_address(text)
    text.contribution.delete()
    response = signed_in.post(where, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "withdrawn" in response.content.decode()


def test_the_front_page_tells_a_lead_how_long_the_oldest_has_waited(signed_in, keys):
    assert "Every contribution that was marked has been opened." in signed_in.get("/admin/").content.decode()
    received(7)
    assert "nobody has opened: 7 days" in signed_in.get("/admin/").content.decode()
