"""The figures of tagging, worked out by hand beside what the tool says."""

import sys
from collections import Counter

import pytest

from analysis.codebook import load
from analysis.pipeline import Analysis, Tag
from tools import measure_tagging
from tools.measure_tagging import Example, Tally, by_theme, examples, f1, faults, report, tally

FIRST, SECOND = (theme.slug for theme in load().core()[:2])


def tag(theme, valence="problem", start=0, end=4):
    return Tag(theme, valence, None, "rule", start, end)


@pytest.fixture
def tags(monkeypatch):
    """Lets a test say which tags each text gets."""
    known = {}
    monkeypatch.setattr(measure_tagging, "analyse", lambda text, book: Analysis(tags=tuple(known.get(text, ()))))
    return known


@pytest.fixture
def written(tmp_path):
    """Writes a file of statements and reads it back."""

    def write(text):
        (tmp_path / "said.txt").write_text(text)
        return examples(tmp_path)

    return write


@pytest.mark.parametrize(
    ("mark", "valence"),
    [("-", "problem"), ("+", "praise"), ("~", "mixed"), ("*", "suggestion"), ("=", "neutral")],
)
def test_the_mark_before_a_statement_is_its_valence(mark, valence, written):
    assert written(f"## delay\n{mark} Nobody rang.\n") == [Example("Nobody rang.", {"delay": valence})]


def test_further_themes_take_the_same_valence_unless_they_name_another(written):
    (one,) = written("## delay\n- Nobody rang. {contact, kindness:praise}\n")
    assert one.text == "Nobody rang."
    assert one.themes == {"delay": "problem", "contact": "problem", "kindness": "praise"}


def test_a_statement_under_none_has_no_theme_of_that_name(written):
    plain, other = written("## none\n= It was a Tuesday.\n- Nobody rang. {contact}\n")
    assert plain.themes == {}
    assert other.themes == {"contact": "problem"}


def test_comments_and_empty_lines_are_no_statements(written):
    assert written("# fictional\n\n## delay\n# a note\n") == []


@pytest.mark.parametrize(
    ("text", "where"),
    [("- Said before any theme.\n", "said.txt:1"), ("## delay\n- Fine.\nNo mark.\n", "said.txt:3")],
)
def test_a_line_that_cannot_be_read_is_named_by_file_and_number(text, where, written):
    with pytest.raises(ValueError, match=where):
        written(text)


def test_files_are_read_in_the_order_of_their_names(tmp_path):
    (tmp_path / "b.txt").write_text("## delay\n- Second.\n")
    (tmp_path / "a.txt").write_text("## delay\n- First.\n")
    assert [one.text for one in examples(tmp_path)] == ["First.", "Second."]


def test_about_a_third_is_held_out_and_always_the_same_third():
    said = [Example(f"Fictional statement number {number}.", {}) for number in range(600)]
    held_out = [one.text for one in said if one.is_held_out]
    assert 150 <= len(held_out) <= 250
    assert held_out == [one.text for one in said if Example(one.text, {"delay": "praise"}).is_held_out]


@pytest.mark.parametrize(
    ("given", "over_all"),
    [
        (["problem"], "problem"),
        (["problem", "neutral"], "problem"),
        (["neutral", "neutral"], "neutral"),
        (["problem", "praise"], "mixed"),
        (["praise", "neutral", "problem"], "mixed"),
        (["mixed", "problem", "praise"], "mixed"),
    ],
)
def test_a_theme_has_one_valence_over_a_whole_text(given, over_all):
    assert by_theme(tuple(tag("delay", valence) for valence in given)) == {"delay": over_all}


def test_themes_keep_their_own_valences():
    assert by_theme((tag("delay", "problem"), tag("kindness", "praise"))) == {"delay": "problem", "kindness": "praise"}


@pytest.mark.parametrize(
    ("right", "wrong", "missed", "figure"),
    [(0, 0, 0, 0), (0, 3, 2, 0), (5, 0, 0, 1), (2, 1, 1, 2 / 3), (3, 0, 3, 2 / 3)],
)
def test_the_harmonic_mean(right, wrong, missed, figure):
    assert f1(right, wrong, missed) == pytest.approx(figure)


def test_right_wrong_and_missed_are_counted_by_theme(tags):
    tags["One two."] = [tag(FIRST), tag(SECOND)]
    counts = tally([Example("One two.", {FIRST: "problem"}), Example("Three.", {SECOND: "praise"})], load())
    assert counts.right == Counter({FIRST: 1})
    assert counts.wrong == Counter({SECOND: 1})
    assert counts.missed == Counter({SECOND: 1})
    assert counts.valences == Counter({("problem", "problem"): 1})


def test_a_valence_counts_only_where_the_theme_is_right(tags):
    tags["One."] = [tag(FIRST, "praise"), tag(SECOND, "problem")]
    counts = tally([Example("One.", {FIRST: "problem"})], load())
    assert counts.valences == Counter({("problem", "praise"): 1})


def test_the_length_of_spans_and_spans_over_a_whole_text_are_counted(tags):
    text = "Nobody ever rang me."
    tags[text] = [tag(FIRST, end=11), tag(SECOND, end=19)]
    counts = tally([Example(text, {})], load())
    assert counts.spans == [2, 4]
    assert counts.whole == 1


def test_the_report_agrees_with_figures_worked_out_by_hand():
    counts = Tally(
        right=Counter({FIRST: 2}),
        wrong=Counter({FIRST: 1}),
        missed=Counter({FIRST: 1, SECOND: 1}),
        valences=Counter({("problem", "problem"): 1, ("praise", "problem"): 1}),
        spans=[1, 2, 6],
        whole=1,
    )
    lines = report("Made up", counts, load())
    assert lines[0] == "\nMade up"
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:4]}
    assert rows[FIRST] == ["2", "1", "1", "0.667", "0.667", "0.667"]
    assert rows[SECOND] == ["0", "0", "1", "0.000", "0.000", "0.000"]
    micro = next(line for line in lines if line.startswith("MICRO 13 core themes"))
    # precision 2/3, recall 2/4, F1 4/7; macro is the mean of 2/3 and 0
    assert micro.split()[4:] == ["2", "1", "2", "0.667", "0.500", "0.571", "macro", "0.333"]
    # problem: 1 right, 1 wrong: 2/3; praise: 1 missed: 0
    assert lines[-2] == "valence: right 0.500, macro-F1 0.333"
    assert lines[-1] == "spans: median 2 words, whole text 0.333"


def test_a_theme_nobody_meant_has_no_row():
    lines = report("Made up", Tally(right=Counter({FIRST: 1}), wrong=Counter({SECOND: 4}), spans=[1]), load())
    assert not any(line.startswith(SECOND) for line in lines)


def test_faults_name_what_is_missed_too_much_and_of_another_valence(tags):
    tags.update({"Right.": [tag(FIRST)], "Wrong.": [tag(SECOND)], "Other.": [tag(FIRST, "praise")]})
    meant = {FIRST: "problem"}
    lines = faults([Example(text, meant) for text in ("Right.", "Wrong.", "Other.")], load())
    assert lines == [
        f"Wrong.\n    missed ['{FIRST}'] wrong ['{SECOND}'] valence []",
        f"Other.\n    missed [] wrong [] valence ['{FIRST}: problem not praise']",
    ]


def test_every_statement_of_the_project_has_themes_and_valences_that_exist():
    slugs = {theme.slug for theme in load().themes}
    for one in [*examples(), *measure_tagging.blind()]:
        assert set(one.themes) <= slugs, one.text
        assert set(one.themes.values()) <= set(measure_tagging.MARKS.values()), one.text


@pytest.mark.parametrize("asked", [[], ["--show"]])
def test_tuned_held_out_and_blind_have_a_report_each(asked, monkeypatch, capsys):
    said = [Example(f"Fictional statement number {number}.", {FIRST: "problem"}) for number in range(9)]
    monkeypatch.setattr(measure_tagging, "examples", lambda: said)
    monkeypatch.setattr(measure_tagging, "blind", lambda: said)
    monkeypatch.setattr(measure_tagging, "analyse", lambda text, book: Analysis(tags=(tag(SECOND),)))
    monkeypatch.setattr(measure_tagging, "rate", lambda said, book: 12.4)
    monkeypatch.setattr(sys, "argv", ["measure_tagging", *asked])
    assert measure_tagging.main() == 0
    out = capsys.readouterr().out
    tuned = sum(not one.is_held_out for one in said)
    assert f"TUNED ON: {tuned} statements" in out
    assert f"HELD OUT: {9 - tuned} statements" in out
    assert "BLIND: 9 statements" in out
    assert out.count("missed [") == (tuned if asked else 0)
    assert out.endswith("12 statements per second on one core\n")
