"""What triage hears, what it lets pass, and that only an urgency and names come out. Every statement is fictional."""

import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from feedback import triage
from feedback.triage import Assessment, assess

FOLDER = Path(__file__).parent / "data"
ROOT = Path(__file__).resolve().parents[2]
SETS = {
    "examples": ROOT / "feedback" / "data" / "triage_examples.yaml",
    "held_out": FOLDER / "triage_held_out.yaml",
    "sideways": FOLDER / "triage_sideways.yaml",
}
CODEBOOK_FLAGS = (
    "immediate-danger",
    "suicide-self-harm",
    "child-at-risk",
    "adult-at-risk",
    "professional-conduct",
    "named-person",
    "live-proceedings",
    "repeat-or-breach-now",
    "abusive-or-spam",
)
# Nothing in it is a telling phrase.
LIKENED = "He sits in my chair all evening with the lights out and will not say what he wants."


def cases(name):
    return yaml.safe_load(SETS[name].read_text(encoding="utf-8"))


def share(said, question):
    return sum(map(question, said)) / len(said)


def is_urgent(text, likeness=None):
    return assess([text], likeness).urgency > 0


def danger_in(name):
    return [text for said in cases(name)["danger"].values() for text in said]


# What it must reach on each set of fictional statements: recall of danger, share of harmless ones marked.
@pytest.mark.parametrize(
    ("name", "least_recall", "most_marked"),
    [("examples", 0.99, 0.05), ("held_out", 0.99, 0.12), ("sideways", 0.60, 0.15)],
)
def test_danger_is_heard_and_most_harmless_words_pass(name, least_recall, most_marked, likeness):
    missed = [text for text in danger_in(name) if not is_urgent(text, likeness)]
    assert 1 - len(missed) / len(danger_in(name)) >= least_recall, missed
    assert share(cases(name)["benign"], partial(is_urgent, likeness=likeness)) <= most_marked


# By phrases alone, as where nothing was learned: danger told plainly is heard all the same.
@pytest.mark.parametrize(
    ("name", "least_recall", "most_marked"),
    [("examples", 0.99, 0.02), ("held_out", 0.99, 0.05), ("sideways", 0.20, 0.10)],
)
def test_phrases_alone_hear_danger_told_plainly(name, least_recall, most_marked):
    assert share(danger_in(name), is_urgent) >= least_recall
    assert share(cases(name)["benign"], is_urgent) <= most_marked


def test_a_likeness_only_ever_adds_its_own_mark(likeness):
    texts = [text for name in SETS for text in [*danger_in(name), *cases(name)["benign"]]]
    changed = [(assess([text]), assess([text], likeness)) for text in texts]
    added = {
        (after.urgency, set(after.flags) - set(before.flags) == {triage.LIKENESS})
        for before, after in changed
        if before != after
    }
    assert added == {(1, True)}
    assert all(before.urgency == 0 for before, after in changed if before != after)


@pytest.mark.parametrize("name", ["examples", "held_out"])
@pytest.mark.parametrize("slug", cases("examples")["danger"])
def test_each_kind_of_danger_gets_its_own_flag(name, slug):
    assert share(cases(name)["danger"][slug], lambda text: slug in assess([text]).flags) >= 0.95


@pytest.mark.parametrize("slug", cases("examples")["marks"])
def test_marks_that_are_not_urgent_are_set_all_the_same(slug):
    assert share(cases("examples")["marks"][slug], lambda text: slug in assess([text]).flags) >= 0.9


def test_the_sets_are_as_large_as_promised_and_share_no_statement():
    assert len(danger_in("examples")) >= 250
    assert len(cases("examples")["benign"]) >= 250
    assert len(danger_in("held_out")) >= 100
    assert len(cases("held_out")["benign"]) >= 100
    sets = [{*danger_in(name), *cases(name)["benign"]} for name in SETS]
    assert not (sets[0] & sets[1] | sets[0] & sets[2] | sets[1] & sets[2])


@pytest.mark.parametrize("name", SETS)
def test_every_set_says_that_it_is_fictional(name):
    assert SETS[name].read_text(encoding="utf-8").startswith("# FICTIONAL.")


def test_the_flags_are_the_codebooks_and_one_that_names_a_likeness():
    assert tuple(flag.slug for flag in triage.rules().flags) == (*CODEBOOK_FLAGS, triage.LIKENESS)


def test_every_flag_says_what_to_do():
    assert [flag.slug for flag in triage.rules().flags if not flag.act.endswith(".")] == []


def test_flags_and_cues_agree_with_the_reference_codebook(shared):
    reference = yaml.safe_load((shared / "domain" / "codebook.yaml").read_text(encoding="utf-8"))["triage_flags"]
    assert [flag["slug"] for flag in reference] == list(CODEBOOK_FLAGS)
    said = [(flag["slug"], cue) for flag in reference for cue in flag["cues"] if flag["slug"] != "named-person"]
    assert [(slug, cue) for slug, cue in said if slug not in assess([cue]).flags] == []


@pytest.mark.parametrize(
    ("said", "urgency"),
    [
        ("He is outside now.", 2),
        ("He is not outside now.", 0),
        ("He isn't outside any more.", 0),
        ("He has found my address.", 2),
        ("He has never found my address.", 0),
        ("I want to kill myself.", 2),
        ("I don't want to kill myself.", 0),
        ("I am suicidal.", 2),
        ("I am not suicidal.", 0),
        ("He broke the order again today.", 1),
        ("He has not broken the order.", 0),
        ("The children are still with him.", 2),
        ("The children are not with him.", 0),
    ],
)
def test_a_word_that_turns_the_meaning_round_turns_the_judgement_round(said, urgency):
    assert assess([said]).urgency == urgency


@pytest.mark.parametrize(
    ("said", "urgency"),
    [
        ("He strangled me.", 1),
        ("He strangled me last night.", 2),
        ("In 2011 he strangled me.", 0),
        ("He strangled me. That was twenty years ago.", 0),
        ("In 2011 he strangled me and he still follows me.", 2),
        ("When I was a child he threatened to kill me.", 0),
        ("He threatened to kill me.", 1),
        ("He threatens to kill me.", 2),
    ],
)
def test_an_old_threat_is_not_danger_now_and_an_undated_one_is_read_soon(said, urgency):
    assert assess([said]).urgency == urgency


@pytest.mark.parametrize(
    "typed",
    [
        "hes going to kill me",
        "HE IS GOING TO KILL ME",
        "He’s gonna kill me",
        "he's goin to kil me",
        "he is going to k1ll me",
        "he is going to k i l l me",
        "he is going to kiiiill me",
        "he   is\tgoing to kill me",
        "he is go\u00ading to kill me",
        "he is going\u200b to kill me",
        "he thretened to kill me, he is going to kill me",
        "\uff48\uff45 \uff49\uff53 \uff47\uff4f\uff49\uff4e\uff47 \uff54\uff4f \uff4b\uff49\uff4c\uff4c \uff4d\uff45",
    ],
)
def test_slips_disguises_and_invisible_characters_hide_nothing(typed):
    assert "immediate-danger" in assess([typed]).flags


@pytest.mark.parametrize(
    "said",
    ["woh mujhe maar dega", "oh mainu maar dega", "on mnie zabije", "grozi, że mnie zabije", "وہ مجھے مار دے گا"],
)
def test_threats_in_other_languages_are_heard(said):
    assert assess([said]).urgency == 2


def test_texts_are_judged_together_and_the_most_urgent_decides():
    both = assess(["Very good.", "The trial is next month.", "He is outside now."])
    assert both == Assessment(2, ("immediate-danger", "live-proceedings"))


def test_flags_come_in_the_codebooks_order_whatever_was_said_first():
    said = "He broke the order again today. The trial is next month. I want to die. He is outside now."
    flags = assess([said]).flags
    assert list(flags) == sorted(flags, key=CODEBOOK_FLAGS.index)


def test_marks_alone_are_not_urgent():
    assert assess(["PC Harrowgate has collar number 2291 and the trial is next month."]).urgency == 0


@pytest.mark.parametrize("texts", [[], [""], ["   "], ["\n\n"], ["..."], ["n/a"]])
def test_nothing_said_is_nothing_heard(texts, likeness):
    assert assess(texts) == assess(texts, likeness) == Assessment(0, ())


def test_a_likeness_is_named_apart_and_only_where_nothing_telling_was_said(likeness):
    assert assess([LIKENED], likeness) == Assessment(1, (triage.LIKENESS,))
    assert triage.LIKENESS not in assess([LIKENED, "He is outside now."], likeness).flags


def test_where_nothing_was_learned_a_likeness_is_not_heard():
    assert assess([LIKENED]) == Assessment(0, ())


def test_a_likeness_long_ago_is_not_urgent(likeness):
    assert assess([LIKENED, f"This was years ago. {LIKENED}"], likeness).urgency == 1
    assert assess([f"This was years ago. {LIKENED}"], likeness).urgency == 0


@given(texts=st.lists(st.text(max_size=400), max_size=4))
def test_any_text_is_judged_and_only_known_names_come_out(likeness, texts):
    judged = assess(texts, likeness)
    assert judged.urgency in {0, 1, 2}
    assert set(judged.flags) <= {*CODEBOOK_FLAGS, triage.LIKENESS}


@given(st.text(max_size=200))
def test_danger_is_heard_whatever_stands_before_it(before):
    assert assess([f"{before}\n. He is going to kill me."]).urgency == 2


@given(st.sampled_from(danger_in("examples")), st.sampled_from(cases("examples")["benign"]))
def test_harmless_words_on_another_answer_never_lower_the_urgency(danger, harmless):
    assert assess([danger, harmless]).urgency >= assess([danger]).urgency


def test_every_flag_but_the_likeness_listens_for_something():
    assert [flag.slug for flag in triage.rules().flags if flag.present is None] == [triage.LIKENESS]


def test_a_pattern_may_not_name_a_list_that_does_not_exist():
    with pytest.raises(KeyError):
        triage.expanded("{nobody-wrote-this}".replace("-", ""), {})


def test_lists_may_name_other_lists():
    words = {"he": "(?:he|{they})", "they": "(?:they|people)"}
    assert re.fullmatch(triage.expanded("{he} came", words), "people came")


def test_triage_loads_no_framework():
    code = "import sys; import feedback.triage as t; t.assess(['x']); print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
