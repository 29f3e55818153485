"""The evidence screen of the admin. Every word here is made up."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from analysis.codebook import load
from analysis.coding.places import places
from analysis.coding.recording import Found, adjudicate, code
from analysis.models import HistoricTag, PassageReading, PassageTag, Run
from analysis.staff import shown
from feedback.models import Consultation, Contribution
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.coding.factories import analyst as coder
from tests.feedback.factories import PassageFactory, RoundtableFactory, RoundtablePartFactory

SAID = "We met in May. They were passed from one officer to the next. Then it rained."
TOLD = "It was a Tuesday. Nobody ever rang me back about it. I made tea."

pytestmark = pytest.mark.django_db


def historic_tag(evidence="passed from one officer to the next", *, theme="consistency", valence="problem", **record):
    part = RoundtablePartFactory(
        roundtable=RoundtableFactory(title="Harbour review", **record), section="Findings", text=SAID
    )
    start = SAID.index(evidence)
    return HistoricTag.objects.create(
        part=part, theme=theme, valence=valence, source="rule", start=start, end=start + len(evidence)
    )


def live_tag(evidence="rang me back", *, theme="communication", valence="problem", text=TOLD, **passage):
    passage.setdefault("decision__sealed_text__contribution__may_paraphrase", True)
    run = Run.objects.create(ran_on=datetime.date(2026, 11, 1), pipeline_id="rules-v1", codebook_sha256="0" * 64)
    made = PassageFactory(text=text, **passage)
    reading = PassageReading.objects.create(passage=made, run=run, statements=3)
    start = text.index(evidence)
    return PassageTag.objects.create(
        reading=reading,
        theme=theme,
        valence=valence,
        source="rule",
        start=start,
        end=start + len(evidence),
        passage_length=made.length,
    )


@pytest.fixture
def analyst(client):
    sign_in(client, UserFactory(roles=[Role.ANALYST]))
    return client


def page(client, **filters):
    response = client.get(reverse("analysis_evidence"), filters)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.SAFEGUARDING_LEAD])
def test_other_staff_are_refused_and_see_no_menu_item(client, role):
    sign_in(client, UserFactory(roles=[role]))
    assert client.get(reverse("analysis_evidence")).status_code in {302, 403}
    assert reverse("analysis_evidence") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_rank_is_not_access(client):
    sign_in(client, UserFactory(is_superuser=True, is_staff=True))
    response = client.get(reverse("analysis_evidence"))
    assert response.status_code in {302, 403}


def test_signed_out_people_are_sent_to_sign_in(client):
    response = client.get(reverse("analysis_evidence"))
    assert response.status_code == 302
    assert "sign-in" in response.url


def test_an_analyst_finds_it_in_the_menu(analyst):
    assert reverse("analysis_evidence") in analyst.get(reverse("wagtailadmin_home")).content.decode()


def test_with_nothing_recorded_the_page_says_what_will_come_and_how_to_start(analyst):
    said = page(analyst)
    assert "import_roundtable FILE --historic" in said
    assert "once a moderator has approved them" in said


def test_published_evidence_is_labelled_and_its_words_are_marked(analyst):
    historic_tag()
    said = page(analyst)
    assert "Published in 2020: not part of any live count." in said
    assert "They were <mark>passed from one officer to the next</mark>." in said
    assert "Harbour review" in said
    assert "Findings" in said


def test_what_the_sentence_speaks_of_stands_beside_it(analyst):
    historic_tag()
    assert "Speaks of: Police" in page(analyst)


def test_only_the_sentence_around_the_evidence_is_shown(analyst):
    historic_tag()
    said = page(analyst)
    assert "We met in May" not in said
    assert "Then it rained" not in said


def test_the_years_of_several_records_are_all_named(analyst):
    historic_tag()
    historic_tag(held_on=datetime.date(2016, 5, 5))
    assert "Published in 2016 and 2020: not part of any live count." in page(analyst)


def test_live_passages_stand_in_a_section_of_their_own_and_wait_to_be_asked_for(analyst):
    historic_tag()
    live_tag()
    published, reviewed = page(analyst).split('id="reviewed"')
    assert "rang me back" not in published
    assert "passed from" not in reviewed
    assert re.search(r"<details[^>]*>.*Nobody ever <mark>rang me back</mark> about it\.", reviewed)
    assert "Published in" not in reviewed


def test_no_total_of_live_passages_is_given(analyst):
    for _ in range(7):
        live_tag()
    reviewed = page(analyst, theme="communication").split('id="reviewed"')[1]
    assert reviewed.count("<mark>") == 7
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", reviewed)
    assert not re.search(r"\b7\b|\bseven\b|100 ?%", text)


def test_live_passages_come_in_another_order_each_time():
    for name in "ABCDEFGHIJKL":
        live_tag(text=f"On day {name} nobody rang me back.")
    draws = [[one.before for one in shown.live(load(), "communication", "")[0].shown] for _ in range(3)]
    assert len(draws[0]) == 12
    assert draws[0] != draws[1] or draws[1] != draws[2]


@pytest.mark.parametrize(("quotable", "words"), [(True, "Agreed to be quoted"), (False, "Not to be quoted")])
def test_whether_a_passage_may_be_quoted_stands_beside_it(analyst, quotable, words):
    live_tag(quotable=quotable)
    assert words in page(analyst)


def test_a_theme_can_be_picked(analyst):
    historic_tag()
    historic_tag("met in May", theme="communication")
    said = page(analyst, theme="communication")
    assert "<mark>met in May</mark>" in said
    assert "<mark>passed from" not in said


def test_a_valence_can_be_picked_with_a_theme(analyst):
    historic_tag(valence="problem")
    historic_tag("met in May", valence="praise")
    said = page(analyst, theme="consistency", valence="praise")
    assert "<mark>met in May</mark>" in said
    assert "<mark>passed from" not in said


def test_filters_that_leave_nothing_say_so(analyst):
    historic_tag()
    said = page(analyst, theme="safe-escort")
    assert "Nothing in the published records matches these filters." in said
    assert "No reviewed passage matches these filters." in said


def test_an_unknown_theme_is_told_and_shows_everything(analyst):
    historic_tag()
    said = page(analyst, theme="no-such-theme")
    assert "Select a valid choice" in said
    assert "<mark>passed from" in said


def test_without_a_filter_each_theme_shows_a_little_and_leads_on(analyst):
    for _ in range(shown.EACH_OF_MANY + 2):
        historic_tag()
    said = page(analyst)
    assert said.count("<mark>passed from") == shown.EACH_OF_MANY
    assert "?theme=consistency" in said


def test_the_number_of_queries_does_not_grow_with_the_themes(analyst, django_assert_max_num_queries):
    for theme in ("consistency", "communication", "safe-escort", "not-believed"):
        historic_tag(theme=theme)
        live_tag(theme=theme)
    page(analyst)
    with django_assert_max_num_queries(30):
        page(analyst)


def test_words_are_never_read_as_markup(analyst):
    tag = historic_tag()
    tag.part.text = "<script>They were passed from one officer to the next"
    tag.part.save()
    assert "<script>They" not in page(analyst)


def test_the_page_is_never_kept_by_a_browser(analyst):
    assert "no-store" in analyst.get(reverse("analysis_evidence"))["Cache-Control"]


MAY = "decision__sealed_text__contribution__may"


@pytest.mark.parametrize(("describe", "quote"), [(True, True), (True, False), (False, True)])
def test_words_that_may_be_described_or_quoted_are_shown(analyst, describe, quote):
    live_tag(**{f"{MAY}_paraphrase": describe, f"{MAY}_quote": quote})
    said = page(analyst)
    assert "rang me back" in said
    assert ("Agreed to be described in our words" if describe else "Not to be described in our words") in said
    assert ("Agreed to be quoted" if quote else "Not to be quoted") in said


def test_words_that_may_only_be_counted_are_read_by_nobody(analyst):
    live_tag(**{f"{MAY}_paraphrase": False})
    assert "rang me back" not in page(analyst)
    assert "rang me back" not in page(analyst, theme="communication")


def test_words_that_may_be_described_and_not_counted_are_shown_without_a_theme(analyst):
    PassageFactory(text=TOLD, **{f"{MAY}_paraphrase": True, f"{MAY}_statistics": False})
    assert "rang me back" in page(analyst).split("Not counted, and so not sorted by theme")[1]
    assert "rang me back" not in page(analyst, theme="communication")


def test_words_that_may_be_used_for_nothing_are_not_shown_without_a_theme_either(analyst):
    PassageFactory(text=TOLD, refused=True)
    assert "rang me back" not in page(analyst)


@pytest.mark.parametrize(("may_future", "days", "is_read"), [(True, -1, True), (False, -1, False), (False, 0, True)])
def test_after_its_own_consultation_only_what_was_kept_for_later_work_is_read(may_future, days, is_read):
    tag = live_tag(decision__sealed_text__contribution__may_future=may_future)
    uncounted = live_tag(decision__sealed_text__contribution__may_future=may_future).reading.passage.contribution
    Contribution.objects.filter(pk=uncounted.pk).update(may_statistics=False)
    Consultation.objects.update(
        opens_on=datetime.date(2020, 1, 1),
        closes_on=datetime.date(2020, 2, 1),
        used_until=timezone.localdate() + datetime.timedelta(days=days),
    )
    assert bool(shown.live(load(), tag.theme, "")) is is_read
    assert bool(shown.unsorted()) is is_read


def coded(tag, found, *, by=1, settled=None):
    """The statement of a machine's tag, coded by so many people who found the same."""
    place = next(one for one in places(tag.reading.passage) if one.start <= tag.start < one.end)
    for _ in range(by):
        code(place, [Found(theme, valence, place.start, place.end) for theme, valence in found], by=coder())
    if settled is not None:
        adjudicate(place, [Found(theme, valence, place.start, place.end) for theme, valence in settled], by=coder())


def reviewed(client, **filters):
    return page(client, **filters).split('id="reviewed"')[1]


def test_what_a_machine_saw_says_so(analyst):
    historic_tag()
    tag = live_tag()
    said = page(analyst)
    assert said.count("Rule match") == 2
    assert "Rule match, not yet checked by a person" in said.split('id="reviewed"')[1]
    PassageTag.objects.filter(pk=tag.pk).update(source="model", score=0.834)
    assert "Model, 83% sure, not yet checked by a person" in reviewed(analyst)


def test_what_a_person_found_is_shown_in_the_place_of_the_machines_tag(analyst, settings):
    settings.HEARD_AUDIT_SHARE = 0
    tag = live_tag()
    coded(tag, [("delay", "mixed")])
    said = reviewed(analyst)
    assert "<mark>Nobody ever rang me back about it.</mark>" in said
    assert "Coded by a person" in said
    assert "Rule match" not in said
    assert "Mixed" in said
    assert "<mark>" not in reviewed(analyst, theme="communication")
    assert "<mark>" in reviewed(analyst, theme="delay", valence="mixed")
    assert "<mark>" not in reviewed(analyst, theme="delay", valence="problem")
    assert PassageTag.objects.get() == tag


def test_none_of_the_themes_takes_a_statement_off_the_screen(analyst, settings):
    settings.HEARD_AUDIT_SHARE = 0
    coded(live_tag(), [])
    assert "<mark>" not in reviewed(analyst)


def test_two_people_count_where_they_agree_and_settled_alone_once_it_is(analyst, settings):
    settings.HEARD_AUDIT_SHARE = 1
    tag = live_tag()
    coded(tag, [("delay", "problem")], by=2)
    assert "Coded by two people, who agree" in reviewed(analyst, theme="delay")
    coded(tag, [], by=0, settled=[("training", "problem")])
    assert "<mark>" not in reviewed(analyst, theme="delay")
    assert "Coded by two people and settled" in reviewed(analyst, theme="training")
