"""How far people agree, how right the machine is, and who may read it."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from accounts.models import Role
from analysis.coding.places import places
from analysis.coding.recording import Found, adjudicate, code
from analysis.disclosure.gate import published
from analysis.models import Learning, LearningState, PassageReading
from analysis.quality import drawing
from analysis.quality.figures import Judged, Point, Share, alpha, kappa, quality, share
from analysis.quality.gathering import judged, points
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


def learning(number, micro, *, statements=130, held_out=40, state=LearningState.IN_USE, before=0.4):
    figures = {"statements": held_out, "low": micro - 0.1, "high": micro + 0.1, "micro": micro}
    return Learning.objects.create(
        number=number,
        state=state,
        begun_on=f"2026-11-{number:02}",
        steps=6,
        seed=0,
        statements=statements,
        before=figures | {"micro": before, "low": 0.3, "high": 0.5},
        after=figures,
    )


def test_a_theme_is_honest_or_not_on_what_its_model_named_and_a_rule_has_no_say():
    right = [one({"delay"}, machine={"delay": 0.9, "training": None})] * 30
    wrong = [one(set(), machine={"delay": 0.7})] * 30
    (found,) = quality([*right, *wrong]).honest
    assert (found.slug, round(found.sure, 6), found.confirmed.value) == ("delay", 0.8, 0.5)
    assert not quality(right[:29]).honest


@pytest.mark.django_db
def test_the_curve_begins_with_set_up_and_leaves_out_what_too_few_judged():
    learning(1, 0.2, held_out=29, state=LearningState.RETIRED)
    learning(2, 0.6, statements=4, state=LearningState.FORMER)
    learning(3, 0.5, statements=128, state=LearningState.WORSE)
    Learning.objects.create(number=4, state=LearningState.REFUSED, begun_on="2026-11-05", steps=6, seed=0)
    told = [(one.statements.words, one.share.value, one.is_kept, one.is_set_up) for one in points()]
    assert told == [("none", 0.4, True, True), ("fewer than 10", 0.6, True, False), ("130", 0.5, False, False)]


@pytest.mark.django_db
def test_both_figures_are_drawn_twice_and_said_in_a_table(client, monkeypatch):
    sign_in(client, UserFactory(roles=[Role.COMMISSION_MEMBER]))
    assert "A curve appears here" in page(client)
    learning(1, 0.714, statements=128)
    sure = [one({"delay"}, machine={"delay": 0.9})] * 40 + [one(set(), machine={"delay": 0.9})] * 40
    monkeypatch.setattr("analysis.quality.views.judged", lambda: sure)
    shown = page(client)
    assert "Models are most overconfident about “" in shown
    assert shown.count("<svg") == 4
    assert "90 → 50%" in shown
    tables = re.sub(r"<svg.*?</svg>", "", shown)
    assert "90%</td>" in tables
    assert "50% (39% to 61%), of 80</td>" in tables
    assert "71% (61% to 81%), of 40 statements</td>" in tables
    assert "130</td>" in tables
    assert not re.search(r"\b128\b", shown)
    assert "style=" not in shown.split("<main")[1]


def marks(drawn, kind):
    svg = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    return [mark for mark in svg.iter() if mark.get("class") == f"report-{kind}"]


def test_points_stand_where_their_figures_say():
    share = Share(0.5, 0.25, 0.75, published(40))
    some = [
        Point(date(2026, 11, 1), published(count, tells_zero=True), share, True, count == 0) for count in (0, 50, 100)
    ]
    chart = drawing.curve("Title", some)
    for shape in (chart.wide, chart.narrow):
        first, middle, last = (float(mark.get("cx")) for mark in marks(shape, "after"))
        assert abs(middle - (first + last) / 2) < 0.2
        grid = [float(mark.get("y1")) for mark in marks(shape, "grid-line")]
        assert {float(mark.get("cy")) for mark in marks(shape, "after")} == {grid[2]}
        (low, high) = (float(marks(shape, "range")[0].get(end)) for end in ("y1", "y2"))
        assert (low, high) == (grid[1], grid[3])
    assert chart.description == "none: 50%; 50: 50%; 100: 50%."
