"""How far people agree, how right the machine is, and who may read it."""

import re

import pytest
from django.urls import reverse

from accounts.models import Role
from analysis.coding.places import places
from analysis.coding.recording import Found, adjudicate, code
from analysis.models import PassageReading
from analysis.quality.figures import Judged, alpha, kappa, quality, share
from analysis.quality.gathering import judged
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.coding.factories import analyst, passage


def one(first, second=None, settled=None, machine=()):
    found = frozenset(first)
    given = machine if isinstance(machine, dict) else dict.fromkeys(machine)
    return Judged(found, found if second is None else frozenset(second), found if settled is None else settled, given)


def pairs(both, first, second, neither):
    return [(True, True)] * both + [(True, False)] * first + [(False, True)] * second + [(False, False)] * neither


def test_kappa_is_cohens_worked_example():
    # Two readers of 50 grant proposals: 20 yes to both, 5 and 10 to one, 15 no to both (kappa 0.4).
    assert kappa(pairs(20, 5, 10, 15)) == pytest.approx(0.4)
    assert kappa(pairs(0, 0, 0, 9)) is None


def test_alpha_is_krippendorffs_worked_example():
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: ten articles, two observers, binary.
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha((bool(a), bool(b)) for a, b in zip(first, second, strict=True)) == pytest.approx(0.095, abs=5e-4)
    assert alpha([]) is None


def test_the_interval_is_wilsons():
    found = share([True] * 45 + [False] * 5)
    assert (round(found.low, 3), round(found.high, 3)) == (0.786, 0.957)
    assert found.base.words == "50"
    assert share([True] * 29) is None


def test_precision_and_recall_are_of_what_was_settled():
    right = [one({"delay"}, machine=["delay"])] * 30
    false = [one(set(), machine=["delay"])] * 10
    missed = [one({"delay"})] * 20
    found = quality([*right, *false, *missed])
    assert (found.precision.value, found.recall.value, found.needs_review.value) == (0.75, 0.6, 0.5)
    unsettled = Judged(frozenset({"delay"}), frozenset(), None, {"delay": None})
    assert quality([*right, *false, *missed, *[unsettled] * 40]).precision.value == 0.75


def test_bands_hold_models_only_and_say_what_people_confirmed():
    sure = [one({"delay"}, machine={"delay": 1.0, "training": None})] * 40
    unsure = [one(set(), machine={"delay": 0.5})] * 40
    bands = quality([*sure, *unsure]).bands
    assert [band.confirmed.value if band.confirmed else None for band in bands] == [None, None, 0.0, None, 1.0]


def test_small_bases_give_no_figure_at_all():
    few = quality([one({"delay"}, machine=["delay"])] * 9)
    assert (few.alpha, few.precision, few.recall, few.needs_review) == (None, None, None, None)
    assert few.base.words == "fewer than 10"
    seldom = quality([one({"delay"})] * 9 + [one(set())] * 60)
    assert seldom.themes[0].kappa is None
    assert quality([one({"delay"})] * 10 + [one(set())] * 60).themes[0].kappa == 1


def page(client):
    return re.sub(r"\s+", " ", client.get(reverse("analysis:quality")).content.decode())


@pytest.mark.django_db
def test_blind_pairs_are_gathered_with_what_was_settled(settings):
    settings.HEARD_AUDIT_SHARE = 1
    first, second, third = places(passage())
    one, two = analyst(), analyst()
    for person in (one, two):
        code(first, [Found("communication", "problem", first.start, first.end)], by=person)
    code(second, [Found("delay", "problem", second.start, second.end)], by=one)
    code(second, [], by=two)
    code(third, [], by=one)
    found = {tuple(sorted(one.machine)): one for one in judged()}
    assert set(found) == {("communication",), ("respect-dignity",)}
    assert found["communication",].settled == {"communication"}
    assert found["respect-dignity",].settled is None
    adjudicate(second, [], by=analyst())
    assert {one.settled for one in judged()} == {frozenset({"communication"}), frozenset()}
    PassageReading.objects.all().delete()
    assert not judged(), "the machine has not read it, so nothing can be said of the machine"


@pytest.mark.django_db
def test_codings_that_saw_suggestions_say_nothing_about_the_machine(settings):
    settings.HEARD_AUDIT_SHARE = 0
    code(places(passage())[0], [], by=analyst())
    assert not judged()


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_members_analysts_and_publishers_read_the_page_and_nobody_else(client, role):
    sign_in(client, UserFactory(roles=[role]))
    allowed = role in {Role.ANALYST, Role.PUBLISHER, Role.COMMISSION_MEMBER, Role.BOARD_MEMBER}
    assert (client.get(reverse("analysis:quality")).status_code == 200) == allowed


@pytest.mark.django_db
def test_the_page_says_what_will_appear_and_then_the_figures(client, monkeypatch):
    sign_in(client, UserFactory(roles=[Role.COMMISSION_MEMBER]))
    assert "too little to say yet" in page(client)
    assert reverse("analysis:quality") in client.get(reverse("analysis:reports")).content.decode()
    many = [one({"delay"}, machine={"delay": 0.9})] * 40 + [one(set())] * 40
    monkeypatch.setattr("analysis.quality.views.judged", lambda: many)
    shown = page(client)
    assert "100% (91% to 100%), of 40 themes named" in shown
    assert "1.00" in shown
    assert "80% to 100%" in shown
