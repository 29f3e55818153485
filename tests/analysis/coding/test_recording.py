"""What a person may keep about a statement, what two people's readings come to, and what a report then counts."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from analysis.codebook import load
from analysis.coding.places import places, suggestions
from analysis.coding.recording import CannotCode, Found, adjudicate, code, place_of, take_back
from analysis.coding.standing import Codes, differ
from analysis.following import became
from analysis.forgetting import forget_counting
from analysis.models import Coding, How, PassageTag, Standing
from analysis.report.counting import count
from analysis.report.quarters import quarter_of
from tests.accounts.factories import UserFactory
from tests.analysis.coding.factories import TOLD, analyst, passage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def not_audited(settings):
    settings.HEARD_AUDIT_SHARE = 0


def whole(place, theme, valence="problem"):
    return Found(theme, valence, place.start, place.end)


def counted(made):
    contribution = made.contribution
    (one,) = count(contribution.consultation, (quarter_of(contribution.received_on),), {})
    return dict(one.themes)


def test_the_statements_are_slices_of_the_passage():
    said = places(passage())
    assert [one.text for one in said] == [
        "Nobody rang me back for six weeks.",
        "The officer was kind in the end.",
        "I made tea.",
    ]
    assert all(one.before + one.text + one.after == TOLD for one in said)
    assert [one.theme for one in suggestions(said[1])] == ["respect-dignity"]


def test_a_person_stands_in_the_place_of_the_machine_for_what_they_coded_and_nowhere_else():
    made = passage()
    assert counted(made) == {"communication": "problem", "respect-dignity": "praise"}
    first = places(made)[0]
    code(first, [whole(first, "delay")], by=analyst())
    assert counted(made) == {"delay": "problem", "respect-dignity": "praise"}
    told = {one.name for one in became(made.contribution_id).themes}
    assert load().theme("delay").name in told
    assert load().theme("communication").name not in told
    assert PassageTag.objects.filter(theme="communication").exists(), "the machine's row stays as it was"


def test_none_of_these_takes_the_machines_tag_out_of_the_count():
    made = passage()
    code(places(made)[0], [], by=analyst())
    assert counted(made) == {"respect-dignity": "praise"}


def test_a_statement_is_coded_once_unless_it_is_audited(settings):
    made, first = passage(), analyst()
    place = places(made)[0]
    assert not code(place, [], by=first).was_blind
    with pytest.raises(CannotCode, match="already"):
        code(place, [], by=first)
    with pytest.raises(CannotCode, match="Somebody else"):
        code(place, [], by=analyst())
    settings.HEARD_AUDIT_SHARE = 1
    other = places(passage())[1]
    assert code(other, [], by=first).was_blind
    assert code(other, [], by=analyst()).was_blind
    with pytest.raises(CannotCode, match="Somebody else"):
        code(other, [], by=analyst())


def test_only_a_coder_may_code_and_rank_is_not_access():
    place = places(passage())[0]
    for person in (UserFactory(is_superuser=True), UserFactory(roles=[Role.MODERATOR])):
        for verb in (code, adjudicate):
            with pytest.raises(PermissionDenied):
                verb(place, [], by=person)


@pytest.mark.parametrize(
    "found",
    [
        [Found("no-such-theme", "problem", 0, 5)],
        [Found("delay", "awful", 0, 5)],
        [Found("delay", "problem", 0, 40)],
        [Found("delay", "problem", 5, 5)],
        [Found("delay", "problem", 0, 5), Found("delay", "praise", 0, 5)],
    ],
)
def test_what_is_not_in_the_codebook_or_the_statement_is_refused(found):
    with pytest.raises(CannotCode):
        code(places(passage())[0], found, by=analyst())
    assert not Coding.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"decision__sealed_text__contribution__may_statistics": False},
        {
            "decision__sealed_text__contribution__may_paraphrase": False,
            "decision__sealed_text__contribution__may_quote": False,
        },
        {"decision__sealed_text__contribution__language": "pl"},
    ],
    ids=["not to be counted", "not to be read", "Polish"],
)
def test_nobody_codes_words_that_may_not_be_counted_or_read(facts):
    made = passage(**facts)
    with pytest.raises(CannotCode):
        place_of(made.pk, 0)
    with pytest.raises(CannotCode, match="Nothing was kept"):
        code(places(made)[0], [], by=analyst())


def test_until_two_people_agree_only_what_both_found_counts_and_then_what_was_settled(settings):
    settings.HEARD_AUDIT_SHARE = 1
    made, first, second, third = passage(), analyst(), analyst(), analyst()
    place = places(made)[0]
    with pytest.raises(CannotCode, match="Two people"):
        adjudicate(place, [], by=third)
    one = code(place, [whole(place, "delay"), whole(place, "communication")], by=first)
    two = code(place, [whole(place, "delay")], by=second)
    assert differ([one, two])
    assert counted(made) == {"delay": "problem", "respect-dignity": "praise"}
    settled = adjudicate(place, [whole(place, "communication", "praise")], by=third)
    assert settled.standing == Standing.THIRD
    assert counted(made) == {"communication": "praise", "respect-dignity": "praise"}
    with pytest.raises(CannotCode):
        adjudicate(place, [], by=first)


def test_one_of_the_two_settles_by_agreement(settings):
    settings.HEARD_AUDIT_SHARE = 1
    place, first = places(passage())[0], analyst()
    code(place, [whole(place, "delay")], by=first)
    code(place, [], by=analyst())
    assert adjudicate(place, [], by=first).standing == Standing.AGREED


def test_a_slip_is_taken_back_by_who_made_it_while_nobody_has_built_on_it(settings):
    settings.HEARD_AUDIT_SHARE = 1
    place, first = places(passage())[0], analyst()
    slip = code(place, [], by=first)
    with pytest.raises(CannotCode, match="Only the person"):
        take_back(slip, by=analyst())
    take_back(slip, by=first)
    again = code(place, [whole(place, "delay")], by=first)
    code(place, [], by=analyst())
    with pytest.raises(CannotCode, match="stays"):
        take_back(again, by=first)


def test_every_tag_says_what_it_does_to_the_machines_and_who_made_it():
    made, person = passage(), analyst()
    place = places(made)[0]
    code(place, [Found("communication", "mixed", 0, 6, How.CORRECTED, "communication")], by=person)
    (tag,) = Coding.objects.get().tags.all()
    assert (tag.how, tag.suggested, tag.coding.coder) == ("corrected", "communication", person)


def test_no_more_counting_means_no_more_codings():
    made = passage()
    code(places(made)[0], [], by=analyst())
    forget_counting(made.contribution)
    assert not Coding.objects.exists()


def test_codes_take_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    for _ in range(3):
        place = places(passage())[0]
        code(place, [whole(place, "delay")], by=analyst())
    with django_assert_num_queries(2):
        codes = Codes.of(Coding.objects.all())
    assert len(list(codes.found())) == 3
