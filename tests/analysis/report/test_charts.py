"""Charts by themselves: the finding as title, the same words for the eye and the ear, lengths, stubs and places."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from analysis.canvas import BAR, LABELS, NARROW, STUB, WIDE
from analysis.disclosure.published import FEW, NONE, UNSUMMED, WITHHELD, Cell, Kind, Row
from analysis.report import charts
from analysis.report.charts import VALUES, Panel
from analysis.report.findings import Change

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = ("wide", "narrow")
HIDDEN = [FEW, NONE, UNSUMMED]


def figure(number, share=None, **more):
    return Cell(Kind.FIGURE, number, share, **more)


def row(name, total=None, problem=FEW, praise=FEW):
    return Row(name.lower(), name, (problem, praise, FEW), total=total)


def change(before, after, slack=3):
    ranges = [(share - slack, share + slack) for share in (before, after)]
    return Change("contact", "2026-Q3", "2026-Q4", before, after, *ranges)


def svg(chart, shape="wide"):
    return ET.fromstring(getattr(chart, shape))  # noqa: S314 - our own output


def drawn(element, tag, kind):
    return [one for one in element.iter(f"{SVG}{tag}") if one.get("class") == f"report-{kind}"]


def texts(element, kind):
    return [one.text for one in drawn(element, "text", kind)]


def each_kind():
    """One chart of every kind, each with a figure and a hidden count where it can have one."""
    rows = [row("Contact", figure(40, 80), figure(30), figure(10)), row("Delay", FEW, FEW, FEW)]
    return {
        "bars": charts.bars("bars", "Contact was raised most", rows, longest=80),
        "diverging": charts.diverging("diverging", "Contact has most of both", rows),
        "pairs": charts.dot_pairs("pairs", "Contact went up", [("Contact", change(20, 50))], ("Summer", "Autumn")),
        "panel": charts.multiples("panel", [Panel("Stalking", "40", (("Contact", figure(20, 50)),))])[0][1],
    }


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["bars", "diverging", "pairs", "panel"])
def test_a_chart_says_its_finding_before_anything_else(kind, shape):
    chart = each_kind()[kind]
    element = svg(chart, shape)
    title, desc = list(element)[:2]
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text == chart.title
    assert element.get("role") == "img"
    assert element.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


@pytest.mark.parametrize("kind", ["bars", "diverging", "pairs"])
def test_both_shapes_say_the_same_under_names_of_their_own(kind):
    chart = each_kind()[kind]
    wide, narrow = (svg(chart, shape) for shape in SHAPES)
    assert wide.find(f"{SVG}desc").text == narrow.find(f"{SVG}desc").text == chart.description
    ids = [{one.get("id") for one in element.iter() if one.get("id")} for element in (wide, narrow)]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["bars", "diverging", "pairs", "panel"])
def test_every_hatch_that_is_used_is_defined_in_the_same_chart(kind, shape):
    element = svg(each_kind()[kind], shape)
    used = {one.get("fill")[5:-1] for one in element.iter() if one.get("fill")}
    assert used <= {one.get("id") for one in element.iter(f"{SVG}pattern")}
    assert bool(used) == (kind in {"bars", "diverging"})


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["bars", "diverging", "pairs", "panel"])
def test_colour_and_type_come_from_classes_only(kind, shape):
    element = svg(each_kind()[kind], shape)
    marks = [one for tag in ("rect", "text", "circle", "line") for one in element.iter(f"{SVG}{tag}")]
    assert marks
    assert all(one.get("class", "").startswith("report-") for one in marks)
    assert not [one for one in element.iter() if {"style", "stroke", "font-size", "font-family"} & set(one.keys())]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["bars", "diverging", "pairs", "panel"])
def test_every_mark_lies_inside_the_drawing(kind, shape):
    element = svg(each_kind()[kind], shape)
    width, height = map(float, element.get("viewBox").split()[2:])
    for rect in (one for one in element.iter(f"{SVG}rect")):
        assert float(rect.get("x")) >= 0
        assert float(rect.get("x")) + float(rect.get("width")) <= width
        assert float(rect.get("y")) + BAR <= height
    for one in (*element.iter(f"{SVG}text"), *element.iter(f"{SVG}circle")):
        assert 0 <= float(one.get("x", one.get("cx"))) <= width
        assert 0 < float(one.get("y", one.get("cy"))) <= height


@pytest.mark.parametrize(("shape", "width", "left"), [("wide", WIDE, LABELS), ("narrow", NARROW, 0)])
def test_the_longest_bar_fills_the_chart_up_to_its_words(shape, width, left):
    element = svg(charts.bars("x", "Title", [row("Contact", figure(80, 80))], longest=80), shape)
    (bar,) = drawn(element, "rect", "bar")
    assert (float(bar.get("x")), float(bar.get("width"))) == (left, width - left - VALUES)


@pytest.mark.parametrize("shape", SHAPES)
def test_larger_shares_have_longer_bars_in_the_order_given(shape):
    shares = [90, 60, 60, 10, 1]
    rows = [row(f"Theme {number}", figure(share * 10, share)) for number, share in enumerate(shares)]
    element = svg(charts.bars("x", "Title", rows, longest=90), shape)
    widths = [float(bar.get("width")) for bar in drawn(element, "rect", "bar")]
    tops = [float(bar.get("y")) for bar in drawn(element, "rect", "bar")]
    assert widths == sorted(widths, reverse=True)
    assert widths[1] == widths[2] > widths[3] > widths[4]
    assert tops == sorted(tops)
    assert all(after - before > BAR for before, after in pairwise(tops))


def test_a_share_of_nought_is_still_a_bar_to_see():
    element = svg(charts.bars("x", "Title", [row("Contact", figure(10, 0))], longest=80))
    assert [bar.get("width") for bar in drawn(element, "rect", "bar")] == ["1"]
    assert texts(element, "value") == ["0% (10)"]


def test_without_shares_bars_are_as_long_as_counts():
    rows = [row("Contact", figure(40)), row("Delay", figure(10))]
    widths = [float(one.get("width")) for one in drawn(svg(charts.bars("x", "T", rows, longest=40)), "rect", "bar")]
    assert widths[0] / widths[1] == pytest.approx(4, rel=0.01)


@pytest.mark.parametrize("cell", HIDDEN)
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_hidden_is_a_stub_of_one_length_with_its_words(cell, shape):
    element = svg(charts.bars("x", "Title", [row("Contact", cell), row("Delay", figure(40, 80))], longest=80), shape)
    (stub,) = drawn(element, "rect", "stub")
    assert float(stub.get("width")) == STUB
    assert texts(element, "hidden") == [cell.words]
    assert len(drawn(element, "rect", "bar")) == 1


def test_what_is_withheld_has_words_and_no_mark():
    element = svg(charts.bars("x", "Title", [row("Contact", WITHHELD)], longest=80))
    assert list(element.iter(f"{SVG}rect")) == []
    assert texts(element, "hidden") == ["not shown"]


def test_a_row_without_total_is_not_drawn_and_not_said():
    chart = charts.bars("x", "Title", [row("Contact", figure(40, 80)), row("Delay")], longest=80)
    assert chart.description == "Contact: 80% (40)."
    assert texts(svg(chart), "label") == ["Contact"]


def test_no_rows_make_a_chart_that_can_still_be_read():
    for chart in (charts.bars("x", "Nothing", [], longest=0), charts.diverging("y", "Nothing", [])):
        assert svg(chart).find(f"{SVG}title").text == "Nothing"
        assert list(svg(chart).iter(f"{SVG}rect")) == []


@pytest.mark.parametrize("kind", ["bars", "pairs", "panel"])
def test_every_value_to_see_is_in_the_description_to_hear(kind):
    element = svg(each_kind()[kind])
    said = element.find(f"{SVG}desc").text
    for value in (*texts(element, "value"), *texts(element, "hidden")):
        assert set(re.findall(r"\d+", value)) <= set(re.findall(r"\d+", said))


def test_sides_are_said_in_words():
    chart = charts.diverging("x", "Title", [row("Contact", None, figure(30), FEW)])
    assert chart.description == "Contact: problem 30, praise fewer than 10."


@pytest.mark.parametrize("shape", SHAPES)
def test_both_sides_of_the_line_have_one_scale(shape):
    chart = charts.diverging("x", "Title", [row("Contact", None, figure(40), figure(20))])
    (problem,), (praise,) = (drawn(svg(chart, shape), "rect", kind) for kind in ("problem", "praise"))
    assert float(problem.get("width")) == pytest.approx(2 * float(praise.get("width")), rel=0.01)


@pytest.mark.parametrize(("problem", "praise"), [(figure(40), FEW), (FEW, figure(40)), (FEW, FEW)])
@pytest.mark.parametrize("shape", SHAPES)
def test_one_side_only_has_a_stub_on_the_other(shape, problem, praise):
    element = svg(charts.diverging("x", "Title", [row("Contact", None, problem, praise)]), shape)
    hidden = (problem, praise).count(FEW)
    assert len(drawn(element, "rect", "stub")) == hidden
    assert {float(one.get("width")) for one in drawn(element, "rect", "stub")} == {STUB / 2}
    assert texts(element, "hidden") == ["fewer than 10"] * hidden


def test_a_withheld_side_has_nothing():
    element = svg(charts.diverging("x", "Title", [row("Contact", None, WITHHELD, figure(20))]))
    assert len(list(element.iter(f"{SVG}rect"))) == 1
    assert texts(element, "hidden") == []


def test_thousands_are_written_beside_a_bar_as_they_are_in_the_table():
    cell = figure(1005)
    element = svg(charts.diverging("x", "Title", [row("Contact", None, cell, figure(20))]))
    assert texts(element, "value") == [cell.words, "20"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["bars", "diverging", "pairs", "panel"])
def test_a_page_that_reads_from_the_right_does_not_turn_a_chart_round(kind, shape):
    assert svg(each_kind()[kind], shape).get("direction") == "ltr"


def test_words_on_the_left_of_the_line_end_at_it_and_on_the_right_begin_there():
    element = svg(charts.diverging("x", "Title", [row("Contact", None, figure(40), figure(20))]))
    assert [one.get("text-anchor") for one in drawn(element, "text", "axis")] == ["end", "start"]
    assert [one.get("text-anchor") for one in drawn(element, "text", "value")] == ["end", "start"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_change_has_two_dots_two_ranges_and_the_way_between(shape):
    chart = charts.dot_pairs("x", "Title", [("Contact", change(20, 50))], ("Summer", "Autumn"))
    element = svg(chart, shape)
    key, before = drawn(element, "circle", "before")
    after = drawn(element, "circle", "after")[1]
    (move,) = drawn(element, "line", "move")
    assert (move.get("x1"), move.get("x2")) == (before.get("cx"), after.get("cx"))
    assert float(before.get("cx")) < float(after.get("cx"))
    assert len(drawn(element, "line", "range")) == 2
    assert texts(element, "axis") == ["Summer", "Autumn"]
    assert float(key.get("cy")) < float(before.get("cy"))


def test_each_dot_lies_within_its_range():
    element = svg(charts.dot_pairs("x", "T", [("Contact", change(20, 50, slack=8))], ("Summer", "Autumn")))
    dots = [float(drawn(element, "circle", kind)[1].get("cx")) for kind in ("before", "after")]
    for dot, line in zip(dots, drawn(element, "line", "range"), strict=True):
        assert float(line.get("x1")) < dot < float(line.get("x2"))


@pytest.mark.parametrize(("before", "after", "value"), [(20, 50, "20 → 50%"), (50, 20, "50 → 20%"), (9, 9, "9 → 9%")])
def test_a_change_is_written_from_then_to_now(before, after, value):
    chart = charts.dot_pairs("x", "Title", [("Contact", change(before, after))], ("Summer", "Autumn"))
    assert texts(svg(chart), "value") == [value]
    assert chart.description == f"Contact: {before}% in Summer, {after}% in Autumn."


def test_small_charts_share_the_scale_of_the_largest():
    panels = [Panel(name, "40", (("Contact", figure(share, share)),)) for name, share in (("A", 80), ("B", 40))]
    widths = [float(drawn(svg(one), "rect", "bar")[0].get("width")) for _, one in charts.multiples("panel", panels)]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    assert charts.multiples("panel", []) == []


def test_a_small_chart_names_its_group_and_base():
    ((_, chart),) = charts.multiples("panel", [Panel("Stalking", "about 45", (("Contact", figure(20, 44)),))])
    assert chart.title == "Stalking: share of about 45 contributions raising each theme"
    assert chart.wide == chart.narrow


@pytest.mark.parametrize(("cell", "size"), [(figure(40, 80), 80), (figure(40), 40), (figure(10, 0), 0), (FEW, 0)])
def test_a_bar_is_a_share_if_there_is_one(cell, size):
    assert charts.size(cell) == size


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_name_is_broken_into_lines_and_loses_no_word(shape):
    name = "Being told in good time what was decided about the case and why it was decided in that way"
    element = svg(
        charts.bars("x", "Title", [row(name, figure(40, 80)), row("Delay", figure(10, 20))], longest=80), shape
    )
    lines = texts(element, "label")[:-1]
    assert len(lines) > 1
    assert " ".join(lines) == name
    ends = [float(one.get("y")) for one in drawn(element, "text", "label")]
    assert ends == sorted(ends)
    assert len(set(ends)) == len(ends)


@pytest.mark.parametrize("name", ["<b>Contact</b>", 'Said "yes" & left', "تواصل الشرطة", "Plismona 🙂"])
def test_any_name_comes_back_from_the_drawing_as_it_was(name):
    chart = charts.bars("x", name, [row(name, figure(40, 80))], longest=80)
    for shape in SHAPES:
        element = svg(chart, shape)
        assert element.find(f"{SVG}title").text == name
        assert texts(element, "label") == [name]
        assert f"{name}: 80% (40)." == element.find(f"{SVG}desc").text
