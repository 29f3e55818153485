"""What a person codes next."""

import pytest

from analysis.coding import queue
from analysis.coding.adjudicating import differing
from analysis.coding.places import places
from analysis.coding.queue import place_at
from analysis.coding.recording import Found, adjudicate, code, is_blind
from analysis.coding.standing import Codes
from analysis.models import Coding, PassageReading, Source
from feedback.drawing import lot
from tests.analysis.coding.factories import analyst, passage

pytestmark = pytest.mark.django_db


def queued(person):
    found = [place_at(person, number) for number in range(12)]
    return [(one.passage.pk, one.start) for one in found if one]


@pytest.fixture(autouse=True)
def not_audited(settings):
    settings.HEARD_AUDIT_SHARE = 0


def test_the_sample_is_drawn_from_what_came_in_and_does_not_wait_for_the_machine(settings):
    settings.HEARD_AUDIT_SHARE = 1
    made = passage()
    PassageReading.objects.all().delete()
    place = place_at(analyst(), 0)
    assert place.passage == made
    assert is_blind(place)


def test_the_sample_comes_first_to_two_people_and_then_to_nobody(settings):
    plain = passage()
    settings.HEARD_AUDIT_SHARE = 1
    audited = passage()
    people = [analyst() for _ in range(3)]
    for person in people[:2]:
        assert [pk for pk, _ in queued(person)] == [audited.pk] * 3 + [plain.pk] * 3
        for place in places(audited):
            code(place, [], by=person)
    assert [pk for pk, _ in queued(people[2])] == [plain.pk] * 3


def test_what_one_person_coded_is_not_asked_of_another_outside_the_sample():
    made = passage()
    code(places(made)[1], [], by=analyst())
    assert sorted(start for _, start in queued(analyst())) == [places(made)[0].start, places(made)[2].start]


@pytest.mark.parametrize("kind", ["random", "unsure", "rare"])
def test_each_kind_of_the_mixture_brings_its_own_first(monkeypatch, kind):
    monkeypatch.setattr(queue, "MIX", {"random": 1e-9, "unsure": 1e-9, "rare": 1e-9, kind: 1})
    monkeypatch.setattr(queue, "RARE", 1)
    common = {"Nobody rang me back": ("communication", "problem")}
    code(places(passage(tags=common))[0], [Found("communication", "problem", 0, 6)], by=analyst())
    passage(tags=common)
    unsure = passage(tags={"was kind": ("communication", "praise")}, source=Source.MODEL, score=0.6)
    rare = passage(tags={"I made tea": ("delay", "problem")})
    first = place_at(analyst(), 0)
    wanted = {"unsure": (unsure, 1), "rare": (rare, 2)}
    if kind in wanted:
        made, number = wanted[kind]
        assert (first.passage, first.start) == (made, places(made)[number].start)
    else:
        order = sorted({pk for pk, _ in queued(analyst())}, key=lambda pk: lot("order", pk))
        assert first.passage.pk == order[0]


def test_every_statement_comes_once_whatever_kinds_it_is_of():
    for _ in range(3):
        passage(source=Source.MODEL, score=0.6)
    asked = queued(analyst())
    assert len(asked) == len(set(asked)) == 9


def test_differences_wait_until_somebody_settles_them(settings):
    settings.HEARD_AUDIT_SHARE = 1
    first, second = places(passage())[:2]
    one, two = analyst(), analyst()
    for person in (one, two):
        code(first, [], by=person)
    code(second, [], by=one)
    assert not differing()
    code(second, [Found("delay", "problem", second.start, second.end)], by=two)
    (waiting,) = differing()
    assert (waiting.passage_id, waiting.start) == (second.passage.pk, second.start)
    assert waiting.is_by(one)
    assert not waiting.is_by(analyst())
    adjudicate(second, [], by=analyst())
    assert not differing()


def test_a_theme_that_was_renamed_since_it_was_coded_is_not_contradicted():
    made = passage()
    first = places(made)[0]
    code(first, [Found("communication", "problem", first.start, first.end)], by=analyst())
    codes = Codes.of(Coding.objects.all())
    renamed = {"communication": "contact"}
    assert codes.contradict(made.pk, 0, "contact", lambda slug: slug)
    assert not codes.contradict(made.pk, 0, "contact", lambda slug: renamed.get(slug, slug))
    assert not codes.contradict(made.pk, first.end + 1, "contact", lambda slug: slug), "nobody has coded that one"
