"""The living map: words come in by one door, are sealed, understood, reviewed, counted, and can be taken back.

Every step is the real one. Only the worker's socket is left out: its opener is asked directly. Everything is made up.
"""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from analysis import tasks
from analysis.models import MachineTag, PassageTag
from analysis.report.frozen import report_from_json
from analysis.report.quarters import quarter_of
from analysis.report.releasing import freeze
from feedback import retention, review
from feedback.models import Contribution, Passage, Purpose
from feedback.opener import Opener
from feedback.redaction import redact
from feedback.wire import Request
from surveys.journey.places import CHECK
from tests.accounts.factories import UserFactory, sign_in
from tests.feedback.factories import ConsultationFactory
from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import Walker

NAME = "Quillfeather"
WORDS = f"Nobody ever called me back. Officer {NAME} was kind, but each time I had a different officer."
PHRASE = "called me back"
OTHER_WORDS = "They never called me back, so please ring people back."

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_become_themes_then_evidence_then_a_figure_and_can_be_taken_back(keys, caplog):
    survey = SurveyVersionFactory()
    ours = somebody_answers(survey, WORDS)
    others = [somebody_answers(survey, OTHER_WORDS) for _ in range(11)]
    assert (ours.voice, ours.may_statistics, ours.may_quote, ours.may_future) == ("first-hand", True, True, False)
    assert nothing_readable_says(NAME, PHRASE)

    the_worker_sweeps()
    assert machine_themes(ours) >= {"communication", "consistency"}
    assert nothing_readable_says(NAME, PHRASE)

    passage = a_moderator_opens_and_approves(ours)
    assert passage.text.startswith("Nobody ever called me back.")
    assert nothing_readable_says(NAME)

    the_worker_sweeps()
    assert PHRASE in words_that_show("communication", passage)
    assert "a different officer" in words_that_show("consistency", passage)

    release = a_publisher_freezes_the_report(survey.survey.consultation)
    frozen = release.frozen_output()
    assert communication_in(frozen) in {10, 15}  # twelve people said it; no exact count is in print
    assert release.quotes.filter(passage=passage).exists()
    assert "What we heard" in a_member_reads(release)

    retention.withdraw(ours)
    assert nothing_readable_says(NAME, PHRASE, str(ours.pk))
    assert Contribution.objects.count() == len(others)
    assert release.frozen_output() == frozen
    assert NAME not in caplog.text


def test_words_without_consent_to_count_stay_sealed_and_are_read_by_nobody(keys):
    refused = somebody_answers(SurveyVersionFactory(), WORDS, uses=())
    the_worker_sweeps()
    assert machine_themes(refused) == set()
    assert refused.sealed_texts.count() == 1
    assert nothing_readable_says(NAME, PHRASE)


def test_the_search_for_readable_words_would_find_some(keys):
    ConsultationFactory(title=f"About {NAME}")
    assert not nothing_readable_says(NAME)


def somebody_answers(version, words, uses=("statistics", "quote")):
    """A person goes through the survey in a browser without JavaScript and sends it."""
    answers = {
        "TP": {"answer": "yes"},
        **({"USES": {"answer": list(uses)}} if uses else {}),
        "WHO": {"answer": "me"},
        "TOLD": {"answer": "yes"},
        "HEARD": {"answer": "disagree"},
        "CRIME": {"answer": "hate-crime"},
        "CHANGE": {"answer": words},
    }
    known = set(Contribution.objects.values_list("pk", flat=True))
    walker = Walker()
    walker.begin(version.survey.code)
    walker.go_to(CHECK, answers)
    walker.press("send")
    return Contribution.objects.exclude(pk__in=known).get()


def the_worker_sweeps():
    """What the schedule puts in line every minute."""
    tasks.sweep.call()


def machine_themes(contribution):
    tags = MachineTag.objects.filter(reading__sealed_text__contribution=contribution)
    return set(tags.values_list("theme", flat=True))


def a_moderator_opens_and_approves(contribution):
    """One person opens one text through the opener, looks at the suggested redactions and approves them."""
    moderator = UserFactory(roles=[Role.MODERATOR])
    text = contribution.sealed_texts.get()
    opened = Opener(redact).answer(Request(text.pk, moderator.pk, Purpose.REVIEW))
    assert NAME in opened.text
    suggestion = opened.suggestion.text
    assert NAME not in suggestion
    review.approve(text.pk, by=moderator, text=suggestion, mark=review.mark_of(text.pk, suggestion))
    return Passage.objects.get(contribution=contribution)


def words_that_show(theme, passage):
    tag = PassageTag.objects.get(reading=passage.pk, theme=theme)
    return passage.text[tag.start : tag.end]


def a_publisher_freezes_the_report(consultation):
    publisher = UserFactory(roles=[Role.PUBLISHER])
    quarter = quarter_of(Contribution.objects.first().received_on)
    return freeze(consultation, title="What we heard", quarters=[quarter], breakdown="", by=publisher)


def a_member_reads(release):
    client = Client()
    sign_in(client, UserFactory(roles=[Role.COMMISSION_MEMBER]))
    return client.get(reverse("analysis:report", args=[release.pk])).content.decode()


def communication_in(frozen):
    return report_from_json(frozen).first_hand.valence.row("communication").total.figure


def nothing_readable_says(*words):
    """Whether none of the words is in any row of any table."""
    kept = everything_kept()
    return not any(word in kept for word in words)


def everything_kept():
    """Every value of every row of every table, read past Django."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            kept += [str(bytes(value) if isinstance(value, memoryview) else value) for row in cursor for value in row]
    return "\n".join(kept)
