"""The review queue and its item: what it tells, what it never tells, and the three decisions."""

import datetime
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from accounts.models import Role
from feedback import opening
from feedback.models import (
    Contribution,
    Decision,
    Envelope,
    Opening,
    Outcome,
    Passage,
    SealedText,
    Urgency,
    WithheldFor,
)
from feedback.opener import Opener
from feedback.redaction.spans import Redaction, Span, apply
from feedback.staff import describing
from feedback.staff.questions import LABELS_HOOK
from feedback.staff.review import A_PAGE
from tests.accounts.factories import UserFactory, sign_in
from tests.feedback.factories import ContributionFactory, DecisionFactory, SealedTextFactory

pytestmark = pytest.mark.django_db
# Fictional, and not in any template, so that finding it on a page means that the page shows the words.
WORDS = "Quillfeather never rang.\nThe heron <b>waited</b> outside."
HIDDEN = (Span(0, 12, "PERSON"),)
REDACTED = apply(WORDS, HIDDEN)
QUEUE = "/admin/review/"


@pytest.fixture(autouse=True)
def opener(monkeypatch):
    """The real opener, asked without its socket."""
    real = Opener(redact=lambda text: Redaction(apply(text, HIDDEN), HIDDEN))
    monkeypatch.setattr(opening, "_ask", real.answer)
    return real


@pytest.fixture
def moderator():
    return UserFactory(roles=[Role.MODERATOR])


@pytest.fixture
def signed_in(client, moderator):
    sign_in(client, moderator)
    return client


@pytest.fixture
def text(keys):
    return SealedTextFactory(text=WORDS)


def item(text, step=""):
    return f"{QUEUE}{text.pk}/{step}"


def words_in(response):
    return "heron" in response.content.decode()


def mark_in(response):
    return response.context["form"]["mark"].value()


def test_an_empty_queue_says_what_will_appear_and_how_it_starts(signed_in):
    page = signed_in.get(QUEUE).content.decode()
    assert "Nothing is waiting for a decision" in page
    assert "when a survey of an" in re.sub(r"\s+", " ", page)


def test_filters_that_match_nothing_say_so(signed_in, text):
    page = signed_in.get(QUEUE, {"contribution__urgency": Urgency.NOW}).content.decode()
    assert "Nothing that waits matches these filters" in page


def test_a_line_tells_everything_but_the_words(signed_in, keys):
    SealedTextFactory(
        text=WORDS,
        question_id="what-happened",
        contribution=ContributionFactory(
            received_on=timezone.localdate() - datetime.timedelta(days=9),
            language="pa-Guru",
            channel="paper",
            voice="proxy",
            consultation__title="Fenmarch listens",
        ),
    )
    response = signed_in.get(QUEUE)
    page = response.content.decode()
    told = [
        "9 days",
        "What happened",
        "Fenmarch listens",
        "Paper",
        "Told for someone else",
        "Panjabi",
        "Short",
        "None seen",
    ]
    assert [words for words in told if words not in page] == []
    assert not words_in(response)


def test_urgent_texts_come_first_and_then_the_oldest(signed_in, keys):
    today = timezone.localdate()
    days_and_urgency = [(1, Urgency.NONE), (30, Urgency.NONE), (2, Urgency.SOON), (5, Urgency.NOW), (8, Urgency.NOW)]
    for days, urgency in days_and_urgency:
        received_on = today - datetime.timedelta(days=days)
        SealedTextFactory(contribution=ContributionFactory(received_on=received_on, urgency=urgency))
    ages = [(today - text.contribution.received_on).days for text in signed_in.get(QUEUE).context["object_list"]]
    assert ages == [8, 5, 2, 30, 1]


def test_what_nobody_agreed_to_is_not_in_the_queue(signed_in, keys):
    SealedTextFactory(contribution__refused=True)
    DecisionFactory()
    assert list(signed_in.get(QUEUE).context["object_list"]) == []


def test_the_question_is_told_as_it_was_put_where_a_survey_knows_it(signed_in, text):
    place = (text.contribution.consultation_id, text.question_id)
    with hooks.register_temporarily(LABELS_HOOK, lambda ids: {place: "What would have helped?"}):
        assert "What would have helped?" in signed_in.get(QUEUE).content.decode()
        assert "What would have helped?" in signed_in.get(item(text)).content.decode()


@pytest.mark.parametrize(("many", "shown"), [(0, 0), (1, 1), (10_000, A_PAGE)])
def test_the_queue_asks_few_questions_of_the_database_however_long_it_is(
    signed_in, text, many, shown, django_assert_max_num_queries
):
    if many != 1:
        fill(text, many)
    with django_assert_max_num_queries(20):
        response = signed_in.get(QUEUE)
    assert len(response.context["object_list"]) == shown
    assert not words_in(response)


def fill(text, many):
    """Rows enough to page through; they need not open."""
    pattern, contribution = text.ciphertext, text.contribution
    text.delete()
    contributions = [
        Contribution(consultation=contribution.consultation, channel="online", voice="first-hand",
                     received_on=contribution.received_on, may_statistics=True)
        for _ in range(many)
    ]  # fmt: skip
    Contribution.objects.bulk_create(contributions, batch_size=500)
    sealed = [
        SealedText(contribution=one, period=text.period, question_id="q", ciphertext=pattern) for one in contributions
    ]
    SealedText.objects.bulk_create(sealed, batch_size=500)
    Envelope.objects.bulk_create([Envelope(sealed_text=one, wrapped_key=b"key") for one in sealed], batch_size=500)


def test_the_closed_item_shows_what_it_is_and_a_button_but_no_words(signed_in, text):
    response = signed_in.get(item(text))
    page = response.content.decode()
    assert "The words are sealed" in page
    assert f'action="{item(text, "open/")}"' in page
    assert "Take a break" in page
    assert "Counting themes" in page
    assert not words_in(response)
    assert not Opening.objects.exists()


def test_the_item_says_what_triage_saw_and_what_to_do(signed_in, keys):
    contribution = ContributionFactory(urgency=2, flags=["live-proceedings", "immediate-danger", "not-judged"])
    page = signed_in.get(item(SealedTextFactory(contribution=contribution))).content.decode()
    assert page.index("Immediate danger") < page.index("Live proceedings") < page.index("Not judged")
    assert "legal check" in page


def test_the_item_names_who_the_reader_can_talk_to(signed_in, text):
    office = text.contribution.consultation.organisation
    assert "has not yet written here whom to ask" in signed_in.get(item(text)).content.decode()
    office.staff_support = "The heronry, 01632 960222"
    office.save()
    assert "01632 960222" in signed_in.get(item(text)).content.decode()
    assert "01632 960222" in signed_in.get(reverse("feedback_break")).content.decode()


def test_opening_shows_the_words_covered_with_their_suggested_redactions(signed_in, text, moderator):
    response = signed_in.post(item(text, "open/"))
    page = response.content.decode()
    assert '<details class="words" data-words>' in page
    assert '<span class="words__kind">PERSON</span><span class="w-sr-only">: </span>Quillfeather</mark>' in page
    assert "The heron &lt;b&gt;waited&lt;/b&gt; outside." in page
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert Opening.objects.get().opened_by == moderator


def test_the_words_stay_in_the_response_that_opened_them(signed_in, text):
    assert words_in(signed_in.post(item(text, "open/")))
    later = [QUEUE, item(text), reverse("feedback_break"), "/admin/"]
    assert [where for where in later if words_in(signed_in.get(where))] == []
    assert [session for session in Session.objects.all() if "heron" in str(session.get_decoded())] == []
    assert "heron" not in str(signed_in.cookies)


def test_a_refusal_to_open_is_a_sentence_and_shows_nothing(signed_in, text, opener):
    DecisionFactory(sealed_text=text)
    response = signed_in.post(item(text, "open/"))
    assert "Someone has already decided on this." in response.content.decode()
    assert not words_in(response)


def test_without_a_worker_the_page_says_how_to_start_it(signed_in, text, monkeypatch):
    def absent(request):
        raise opening.NotOpened(opening.ABSENT)

    monkeypatch.setattr(opening, "_ask", absent)
    assert "The opener is not running" in signed_in.post(item(text, "open/")).content.decode()


def test_approving_makes_the_suggestion_the_passage(signed_in, text, moderator):
    opened = signed_in.post(item(text, "open/"))
    values = {"decision": "approve", "text": REDACTED.replace("\n", "\r\n"), "mark": mark_in(opened)}
    response = signed_in.post(item(text, "decide/"), values, follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert Passage.objects.get().text == REDACTED
    assert Decision.objects.get().decided_by == moderator
    assert "Approved." in response.content.decode()
    assert not words_in(response)


def test_the_way_to_the_next_text_is_offered_after_a_decision(signed_in, text):
    following = SealedTextFactory()
    opened = signed_in.post(item(text, "open/"))
    values = {"decision": "approve", "text": REDACTED, "mark": mark_in(opened)}
    page = signed_in.post(item(text, "decide/"), values, follow=True).content.decode()
    assert item(following) in page
    assert "Take a break" in page


def test_amending_makes_the_moderators_text_the_passage(signed_in, text):
    signed_in.post(item(text, "open/"))
    signed_in.post(item(text, "decide/"), {"decision": "amend", "text": "Nobody rang."})
    assert Passage.objects.get().text == "Nobody rang."
    assert Decision.objects.get().outcome == Outcome.AMENDED


def test_withholding_leaves_no_passage(signed_in, text):
    signed_in.post(item(text, "open/"))
    signed_in.post(item(text, "decide/"), {"decision": "withhold", "reason": WithheldFor.LIVE_CASE, "text": REDACTED})
    assert Decision.objects.get().reason == WithheldFor.LIVE_CASE
    assert not Passage.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"decision": "approve", "text": "The ibis waited.", "mark": "x"}, "The text was changed."),
        ({"decision": "amend", "text": "  "}, "There is no text to approve."),
        ({"decision": "withhold", "text": "The ibis waited."}, "Choose why it stays sealed."),
        ({"decision": "withhold", "reason": "because", "text": "The ibis waited."}, "Choose a reason from the list."),
        ({"decision": "publish", "text": "The ibis waited."}, "Choose a decision."),
        ({"text": "The ibis waited."}, "Choose one of the three decisions."),
    ],
)
def test_a_decision_that_cannot_be_taken_is_explained_and_keeps_what_was_typed(signed_in, text, values, sentence):
    signed_in.post(item(text, "open/"))
    response = signed_in.post(item(text, "decide/"), values)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert values["text"].strip() in page
    assert "no-store" in response["Cache-Control"]
    assert not Decision.objects.exists()


def test_a_text_nobody_opened_cannot_be_decided(signed_in, text):
    response = signed_in.post(item(text, "decide/"), {"decision": "amend", "text": "The ibis waited."})
    assert "Open this before you decide on it." in response.content.decode()
    assert not Decision.objects.exists()


def test_of_two_moderators_the_second_is_told(signed_in, text):
    signed_in.post(item(text, "open/"))
    DecisionFactory(sealed_text=text)
    response = signed_in.post(item(text, "decide/"), {"decision": "amend", "text": "The ibis waited."})
    assert "Someone has already decided on this." in response.content.decode()
    assert Decision.objects.count() == 1


def test_a_text_withdrawn_while_it_was_read_is_told_on_the_queue(signed_in, text):
    signed_in.post(item(text, "open/"))
    where = item(text, "decide/")
    text.delete()
    response = signed_in.post(where, {"decision": "amend", "text": "The ibis waited."}, follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert "withdrawn" in response.content.decode()
    assert "ibis" not in response.content.decode()


def test_a_text_withdrawn_before_it_was_opened_is_told_on_the_queue(signed_in, text):
    where = item(text, "open/")
    text.delete()
    response = signed_in.post(where, follow=True)
    assert response.redirect_chain == [(QUEUE, 302)]
    assert "withdrawn" in response.content.decode()


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "Today"), (0, "Today"), (1, "1 day"), (2, "2 days"), (400, "400 days")]
)
def test_ages_are_told_in_whole_days(days, words):
    assert describing.age_in_words(timezone.localdate() - datetime.timedelta(days=days)) == words


@pytest.mark.parametrize(
    ("length", "words"), [(10, "Short"), (9_000, "Medium"), (40_000, "Long"), (99_000, "Very long")]
)
def test_sizes_are_told_by_class(keys, length, words):
    made = SealedTextFactory(text="a" * length)
    assert describing.size_in_words(describing.sized(SealedText.objects.filter(pk=made.pk)).get()) == words


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("pa-Guru", "Panjabi"),
        ("zz", "zz"),
        ("so", "Somali"),
        ("ur-Latn", "Urdu, in Roman letters"),
        ("mis", "Another language"),
        ("cy", "Welsh"),
    ],
)
def test_languages_are_told_by_name_where_they_have_one(tag, name):
    assert describing.language_in_words(tag) == name


@pytest.mark.parametrize("spans", [(), (Span(0, 3, "A"),), (Span(20, 24, "B"), Span(0, 3, "A")), (Span(0, 24, "A"),)])
def test_pieces_put_together_are_the_text(spans):
    text = "Ada met Bo near the mill"
    cut = describing.pieces(text, spans)
    assert "".join(piece.text for piece in cut) == text
    assert [(piece.text, piece.kind) for piece in cut if piece.kind] == [
        (text[span.start : span.end], span.kind) for span in sorted(spans)
    ]


def test_a_piece_does_not_print_its_words():
    assert "heron" not in repr(describing.Piece("heron"))
