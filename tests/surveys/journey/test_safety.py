"""Danger first, children led elsewhere, an honest exit page, half an hour, and the day after closing."""

import datetime
import time
import uuid

import pytest
from django.utils import timezone

from feedback.models import Contribution
from surveys.journey import drafts, idle, places, sitting
from surveys.models import Draft
from tests.feedback.factories import SupportServiceFactory
from tests.surveys.journey.factories import Walker

CHOICES = ("yes", "no", "continue")
HALF_AN_HOUR = 30 * 60


def age(walker, seconds: float) -> None:
    """Make this browser's last page as old as that."""
    ours = sitting.read(walker.client.get(walker.url).wsgi_request)
    content = ours.draft_id.bytes + ours.key + idle.stamp(ours.draft_id, at=time.time() - seconds) + b"en-"
    walker.client.cookies["sitting"] = sitting.encoded(content)


def move_closing(version, days: int) -> None:
    consultation = version.survey.consultation
    consultation.closes_on = timezone.localdate() + datetime.timedelta(days=days)
    consultation.opens_on = min(consultation.opens_on, consultation.closes_on)
    consultation.save()


# ---- danger, children, the exit ----


def test_danger_is_asked_before_any_question_with_three_equal_answers(walker):
    assert walker.heading == "Are you or a child in danger now?"
    buttons = [line for line in walker.text.splitlines() if 'name="button"' in line and "heard-help" not in line]
    assert [name for name in CHOICES if any(f'value="{name}"' in line for line in buttons)] == list(CHOICES)
    assert len({line.split("class=")[1].split('"')[1] for line in buttons}) == 1


def test_yes_shows_help_first_and_then_a_way_on_and_a_way_out(walker):
    SupportServiceFactory(name="Fenmarch Night Line", phone="01632 960222")
    walker.press("yes")
    assert walker.place == places.DANGER
    order = [walker.text.index(said) for said in ("Call 999.", "press 55", "01632 960222", "Go on to the questions")]
    assert order == sorted(order)
    walker.press()
    assert walker.place == places.LEAVING


def test_the_way_out_of_danger_deletes_everything(walker):
    walker.press("yes")
    walker.press("delete")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("button", ["no", "continue"])
def test_no_and_not_saying_lead_to_the_same_page(walker, button):
    walker.press(button)
    assert walker.place == places.LEAVING


def test_the_page_about_the_exit_says_what_it_cannot_do(walker):
    walker.press("no")
    for said in (
        "It does not clear your browser’s history",
        "spy software",
        "private window",
        "clear the whole history",
    ):
        assert said in walker.text, said


@pytest.mark.parametrize("steps", [("no", "back"), ("yes", "back"), ("yes", "continue", "back")])
def test_each_page_before_the_questions_leads_back(walker, steps):
    for button in steps:
        walker.press(button)
    assert walker.place == places.START


def test_a_survey_nobody_could_be_harmed_by_begins_with_what_it_is_about(version):
    version.survey.consultation.is_victim_facing = False
    version.survey.consultation.save()
    walker = Walker()
    walker.begin(version.survey.code)
    assert walker.place == places.ABOUT
    assert 'value="back"' not in walker.text


def test_a_child_is_led_to_a_page_of_their_own_and_nothing_is_asked(walker, version):
    SupportServiceFactory(name="Fenmarch Young Line", phone="01632 960333", is_for_children=True)
    SupportServiceFactory(name="Fenmarch Old Line")
    walker.go_to(places.ABOUT)
    walker.press("young")
    assert walker.heading == "If you are under 16"
    assert "01632 960333" in walker.text
    assert "Fenmarch Old Line" not in walker.text
    assert version.survey.consultation.organisation.contact in walker.text
    walker.press(answer="yes")
    assert walker.place == places.YOUNG
    walker.press("back")
    assert walker.place == places.ABOUT
    walker.press("young")
    walker.press("delete")
    assert not Draft.objects.exists()


def test_a_child_has_a_number_even_where_the_directory_has_none(walker):
    walker.go_to(places.ABOUT)
    walker.press("young")
    assert "0800 1111" in walker.text


def test_the_start_page_links_what_is_kept_privacy_and_complaints(walker):
    walker.go_to(places.ABOUT)
    assert 'href="/kept/"' in walker.text
    assert 'href="/kept/#rights"' in walker.text
    assert "30 minutes" in walker.text


# ---- pause, endings ----


def test_a_pause_keeps_the_place_and_what_was_half_typed(walker):
    walker.go_to("K-11")
    walker.press("pause", answer="Half a thought")
    assert walker.heading == "Take your time"
    walker.read()
    assert walker.heading == "Take your time"
    walker.press()
    assert walker.place == "K-11"
    assert "Half a thought" in walker.text


def test_a_pause_on_a_question_that_has_closed_leads_on(walker):
    walker.go_to("K-05")
    walker.press("pause")
    other = drafts.load(sitting.read(walker.response.wsgi_request))
    assert drafts.advance(other, position=Draft.objects.get().position, changed={"K-04": "no"})
    walker.read()
    walker.press()
    assert walker.place == "K-06"


def test_a_pause_can_end_in_stopping(walker):
    walker.go_to("K-11")
    walker.press("pause")
    walker.press("stop")
    assert walker.place == places.STOP


def test_every_question_offers_a_pause_and_other_pages_do_not(walker):
    walker.go_to("K-03")
    assert 'value="pause"' in walker.text
    walker.go_to(places.CHECK)
    assert 'value="pause"' not in walker.text


@pytest.fixture
def two_areas(db):
    SupportServiceFactory(name="Line for Fenmarch", areas=["fenmarch"], position=5)
    SupportServiceFactory(name="Line for Otherplace", areas=["otherplace"], position=1)
    SupportServiceFactory(name="Line for everybody", position=1)


@pytest.mark.parametrize("ending", ["send", "delete"])
def test_an_ending_names_support_where_the_person_is_once(version, two_areas, ending):
    definition = version.definition
    for question in definition["questions"]:
        question["breakdown"] = "area" if question["id"] == "K-08" else ""
    version.pk, version.number, version.definition = uuid.uuid4(), 2, definition
    version.save(force_insert=True)
    walker = Walker()
    walker.begin(version.survey.code)
    walker.go_to(places.CHECK)
    walker.press(ending)
    assert walker.text.index("Line for Fenmarch") < walker.text.index("Line for everybody")
    assert "Line for Otherplace" not in walker.text
    walker.read()
    assert "Line for Otherplace" in walker.text


# ---- half an hour ----


@pytest.mark.parametrize(("seconds", "is_over"), [(HALF_AN_HOUR - 5, False), (HALF_AN_HOUR, True)])
def test_a_sitting_ends_after_half_an_hour(walker, seconds, is_over):
    walker.go_to("K-04")
    age(walker, seconds)
    walker.read()
    assert (walker.response.status_code == 410) == is_over
    assert Draft.objects.exists() != is_over


def test_a_post_after_half_an_hour_is_not_kept_and_the_page_names_no_topic(walker):
    walker.go_to("K-11")
    age(walker, HALF_AN_HOUR + 1)
    walker.press(answer="Words of long ago")
    assert walker.response.status_code == 410
    assert walker.heading == "It has been a while"
    assert "Words of long ago" not in walker.text
    assert "<title>Your answers</title>" in walker.text
    assert walker.client.cookies["sitting"].value == ""
    assert not Draft.objects.exists()


def test_each_page_begins_the_half_hour_again(walker):
    walker.go_to("K-04")
    age(walker, HALF_AN_HOUR - 60)
    walker.read()
    before = walker.client.cookies["sitting"].value
    walker.read()
    assert walker.client.cookies["sitting"].value != before
    age(walker, HALF_AN_HOUR - 60)
    walker.press(answer="yes")
    assert walker.place == "K-05"


def test_the_time_cannot_be_read_forged_or_moved_to_another_draft():
    draft_id = uuid.uuid4()
    now = int(time.time())
    stamp = idle.stamp(draft_id)
    assert len(stamp) == idle.STAMP_BYTES
    assert now.to_bytes(8, "big")[4:7] not in stamp
    assert not idle.is_over(stamp, draft_id)
    assert idle.is_over(stamp, uuid.uuid4())
    assert idle.is_over(stamp[:-1] + bytes([stamp[-1] ^ 1]), draft_id)
    assert idle.stamp(draft_id, at=now) != idle.stamp(draft_id, at=now)


def test_starting_again_after_half_an_hour_starts_afresh(walker, version):
    walker.go_to("K-04")
    age(walker, HALF_AN_HOUR)
    walker.begin(version.survey.code)
    assert walker.place == places.START


# ---- closing ----


@pytest.mark.parametrize(("days", "can_go_on"), [(0, True), (-1, True), (-2, False)])
def test_whoever_has_begun_has_the_day_after_closing(walker, version, days, can_go_on):
    walker.go_to("K-04")
    move_closing(version, days)
    walker.press(answer="no")
    if can_go_on:
        walker.go_to(places.CHECK)
        assert ("until the end of today" in walker.text) == (days == -1)
        walker.press("send")
    else:
        assert walker.response.status_code == 410
        assert walker.heading == "These questions have closed"
    assert Contribution.objects.exists() == can_go_on
    assert not Draft.objects.exists()


def test_nobody_begins_after_closing_but_start_leads_back_to_what_is_open(walker, version):
    walker.go_to("K-04")
    move_closing(version, -1)
    stranger = Walker()
    stranger.begin(version.survey.code)
    assert stranger.response.status_code == 404
    walker.begin(version.survey.code)
    assert walker.place == "K-04"


def test_an_open_draft_stays_on_its_version(walker, version):
    walker.go_to("K-04")
    later = dict(version.definition, questions=version.definition["questions"][:2])
    version.pk, version.number, version.definition = uuid.uuid4(), 2, later
    version.save(force_insert=True)
    walker.press(answer="yes")
    assert walker.place == "K-05"
