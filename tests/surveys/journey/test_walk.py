"""Somebody answers, page by page, without JavaScript."""

import pytest
from django.test import Client

from feedback.models import Contribution, SupportService, Use, Voice
from surveys.journey import places
from surveys.models import Answer, Draft, DraftAnswer, Response
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import BEFORE, EVERY_KIND, WHOLE_WAY, Walker


def test_every_page_of_the_way_is_shown_in_order(walker):
    shown = []
    for _ in BEFORE:
        shown.append(walker.place)
        walker.press()
    while walker.place != places.CHECK:
        shown.append(walker.place)
        walker.press(**WHOLE_WAY.get(walker.place, {"button": "skip"}))
    asked = [question.id for question in EVERY_KIND.questions]
    offered = asked.index("K-04")  # the first sensitive question
    assert shown == [*BEFORE, *asked[:offered], places.WORDS, *asked[offered:]]
    assert walker.place == places.CHECK


def test_what_was_said_is_received_once_with_new_ids_and_the_draft_is_gone(walker, version):
    draft_id = Draft.objects.get().pk
    walker.go_to(places.CHECK)
    walker.press("send")
    assert walker.heading == "Your answers have been sent"
    contribution = Contribution.objects.get()
    response = Response.objects.get()
    assert response.contribution == contribution
    assert response.version == version
    assert contribution.consultation == version.survey.consultation
    assert contribution.voice == Voice.PROXY
    assert [use for use in Use if getattr(contribution, f"may_{use.value}")] == [Use.STATISTICS, Use.QUOTE]
    assert {answer.question_id: answer.value for answer in Answer.objects.all()} == {
        "K-01": "yes",
        "K-02": ["statistics", "quote"],
        "K-03": "for-someone",
        "K-04": "yes",
        "K-05": "agree",
        "K-06": ["phone", "letter"],
        "K-07": "2024-H1",
        "K-08": "fenmarch",
        "K-08a": ["safe", "news"],
        "K-08b": "hate-crime",
        "K-08c": "2023-11",
        "K-09": "unsatisfied",
    }
    assert {text.question_id for text in contribution.sealed_texts.all()} == {"K-10", "K-11"}
    assert not Draft.objects.exists()
    assert not DraftAnswer.objects.exists()
    assert draft_id not in {contribution.pk, response.pk, *Answer.objects.values_list("pk", flat=True)}


def test_everything_but_the_consent_can_be_skipped(walker):
    walker.go_to(places.CHECK, answers={"K-01": {"answer": "yes"}})
    assert walker.text.count("Not answered") == 12
    walker.press("send")
    contribution = Contribution.objects.get()
    assert not any(getattr(contribution, f"may_{use.value}") for use in Use)
    assert contribution.voice == Voice.FIRST_HAND
    assert list(Answer.objects.values_list("question_id", flat=True)) == ["K-01"]


def test_the_consent_itself_is_asked_until_it_is_answered(walker):
    walker.go_to("K-01")
    assert "Skip this question" not in walker.text
    for button in ("continue", "skip"):
        walker.press(button)
        assert walker.response.status_code == 422
        assert walker.place == "K-01"
        assert "Choose yes or no to go on." in walker.text


def test_no_ends_gently_with_help_and_asks_nothing_more(walker):
    SupportService.objects.create(
        name="Fenmarch Listening Line", who_for="Anyone", phone="01632 960111", source="made up",
        verified_on="2026-01-01", review_by="2027-01-01",
    )  # fmt: skip
    walker.go_to("K-01")
    walker.press(answer="no")
    assert walker.place == places.DECLINED
    assert "01632 960111" in walker.text
    walker.press("delete")
    assert not Draft.objects.exists()
    assert not Contribution.objects.exists()


def test_no_can_be_changed_to_yes(walker):
    walker.go_to("K-01")
    walker.press(answer="no")
    walker.press("back")
    assert walker.place == "K-01"
    walker.press(answer="yes")
    assert walker.place == "K-02"


def test_a_person_who_said_no_cannot_send(walker):
    walker.go_to(places.CHECK)
    walker.change("K-01")
    walker.press(answer="no")
    assert walker.place == places.DECLINED
    walker.press("send")
    assert not Contribution.objects.exists()


def test_back_goes_one_question_back_and_shows_what_was_said(walker):
    walker.go_to("K-08")
    walker.press("back")
    assert walker.place == "K-07"
    assert 'value="2024"' in walker.text
    walker.press("back")
    assert walker.place == "K-06"
    assert walker.text.count(" checked") == 2
    assert walker.client.get(walker.url).context["place"] == "K-06"


def test_back_and_stop_keep_what_was_half_typed(walker):
    walker.go_to("K-11")
    walker.press("back", answer="Half a thought")
    walker.press()
    assert walker.place == places.CHECK
    assert "Half a thought" in walker.text


def test_back_from_an_empty_question_does_not_count_it_as_skipped(walker):
    walker.go_to("K-05")
    walker.press("back")
    walker.press(answer="yes")
    assert walker.place == "K-05"


def test_a_changed_answer_returns_to_check_answers(walker):
    walker.go_to(places.CHECK)
    walker.change("K-08")
    assert walker.place == "K-08"
    walker.press(answer="outside")
    assert walker.place == places.CHECK
    assert "Somewhere else" in walker.text


def test_a_changed_answer_that_opens_a_question_asks_it(walker):
    walker.go_to(places.CHECK, answers={**WHOLE_WAY, "K-04": {"answer": "no"}})
    walker.change("K-04")
    walker.press(answer="yes")
    assert walker.place == "K-05"
    walker.press(answer="agree")
    assert walker.place == places.CHECK


def test_answers_off_the_route_are_dropped_when_sent(walker):
    walker.go_to(places.CHECK)
    walker.change("K-04")
    walker.press(answer="no")
    walker.press("send")
    assert "K-05" not in set(Answer.objects.values_list("question_id", flat=True))


def test_stopping_can_keep_what_was_said_so_far(walker):
    walker.go_to("K-04")
    walker.press("stop")
    assert walker.place == places.STOP
    walker.press("keep")
    assert walker.place == places.CHECK
    walker.press("send")
    assert set(Answer.objects.values_list("question_id", flat=True)) == {"K-01", "K-02", "K-03"}


def test_stopping_can_delete_everything(walker):
    walker.go_to("K-11")
    walker.press("stop", answer="Words to forget")
    walker.press("delete")
    assert walker.heading == "Everything you typed has been deleted"
    assert not Draft.objects.exists()
    assert walker.client.cookies["sitting"].value == ""


def test_stopping_can_go_back_to_the_questions(walker):
    walker.go_to("K-04")
    walker.press("stop")
    walker.press("back")
    assert walker.place == "K-04"


@pytest.mark.parametrize(
    ("place", "notes"),
    [("K-03", 0), ("K-04", 1), ("K-11", 1)],
)
def test_care_stands_before_a_sensitive_question_only(walker, place, notes):
    walker.go_to(place)
    assert walker.text.count("heard-care__text") == notes
    assert walker.text.count("Stop here") == notes


def test_the_start_page_says_who_asks_why_how_long_and_what_it_is_not(walker, version):
    walker.go_to(places.ABOUT)
    consultation = version.survey.consultation
    for said in (
        consultation.organisation.name,
        consultation.organisation.reading_hours,
        consultation.use_of_answers,
        "call 999",
        "press 55",
        "not for emergencies",
        "minutes",
    ):
        assert said in walker.text.replace("&#x27;", "'"), said


def test_pressing_start_again_goes_on_with_the_same_answers(walker, version):
    walker.go_to("K-08")
    walker.begin(version.survey.code)
    assert walker.place == "K-08"
    assert Draft.objects.count() == 1


def test_other_open_answers_are_not_lost_without_being_asked(walker, version):
    other = SurveyFactory(published=True, consultation=version.survey.consultation)
    walker.go_to("K-08")
    walker.begin(other.code)
    assert walker.heading == "You have other answers open"
    assert Draft.objects.get().version == version
    walker.begin(other.code, replace="yes")
    assert Draft.objects.get().version.survey == other


def test_the_mode_asked_for_is_kept_while_it_is_asked_what_becomes_of_other_answers(walker, version):
    other = SurveyFactory(published=True, consultation=version.survey.consultation)
    walker.go_to("K-08")
    walker.begin(other.code, **{"in": "signed"})
    assert '<input type="hidden" name="in" value="signed"' in walker.text


def test_a_group_counts_as_a_group(walker):
    walker.go_to(places.CHECK, answers={**WHOLE_WAY, "K-03": {"answer": "us"}})
    walker.press("send")
    assert Contribution.objects.get().voice == Voice.GROUP


def test_the_confirmation_can_be_shown_again_and_holds_no_words(walker):
    walker.go_to(places.CHECK)
    walker.press("send")
    for _ in range(2):
        walker.read()
        assert walker.heading == "Your answers have been sent"
        assert "Ring people back" not in walker.text


@pytest.mark.django_db
def test_the_one_address_without_a_sitting_says_so():
    response = Client().get("/form/")
    assert response.status_code == 200
    assert "There is nothing here" in response.content.decode()


@pytest.mark.parametrize("change", ["unpublished", "closed", "not open yet", "nobody on duty", "no such code"])
def test_a_survey_that_is_not_open_cannot_be_begun(version, change):
    survey, consultation = version.survey, version.survey.consultation
    if change == "unpublished":
        survey.unpublish()
    elif change == "closed":
        consultation.closes_on = consultation.opens_on
        consultation.save()
    elif change == "not open yet":
        consultation.opens_on = consultation.closes_on
        consultation.save()
    elif change == "nobody on duty":
        consultation.duty_holder = None
        consultation.save()
    walker = Walker()
    walker.begin("nowhere" if change == "no such code" else survey.code)
    assert walker.response.status_code == 404
    assert walker.heading == "These questions are not open now"
    assert not Draft.objects.exists()
