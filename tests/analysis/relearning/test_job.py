"""Learning again with what people coded: what is kept, what is not, and what becomes of who leaves."""

import fcntl
import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role
from analysis import editions, executing, tagging
from analysis.codebook import load
from analysis.codebook.editing import with_theme
from analysis.models import Coding, LearnedFrom, Learning, LearningState
from analysis.pipeline import theme_models
from analysis.relearning import job, judging, keeping
from analysis.relearning.job import CannotLearn, keep_up, learn
from analysis.relearning.judging import Figures
from analysis.relearning.material import held_out, taught
from analysis.relearning.undoing import CannotGoBack, go_back
from analysis.tasks import learn_from_people, learn_without_who_left
from feedback.consenting import change_uses
from feedback.models import Use
from tests.accounts.factories import UserFactory
from tests.analysis.relearning.factories import COLD, PLAIN, SAT, TAUGHT, audit_sample, coded, teach

LOST = {
    "slug": "lost-property",
    "name": "Lost property",
    "tier": "review",
    "definition": "Things taken as evidence that did not come back.",
    "cues": ["never got my phone back"],
    "parent": "contact",
    "patterns": {"problem": ["never .. (got|had) .. back"]},
}


def tags(text=COLD):
    return {tag.theme: tag.source for tag in tagging.analyse(text, load()).tags}


def kept_in(folder):
    home = folder / theme_models.LEARNED
    return {path.name for path in home.iterdir()} if home.is_dir() else set()


def words_in(folder, number=1):
    return json.loads((folder / theme_models.LEARNED / str(number) / "themes" / "model.json").read_text())["words"]


def test_what_people_coded_is_learned_judged_and_used(office):
    audit_sample()
    teach()
    before, said = tagging.method_id(load()), []
    assert tags() == {}
    made = learn(lambda step, done, of: said.append((step, done, of)))
    assert made.state == LearningState.IN_USE
    assert (made.statements, made.contributions, made.held_out, made.written) == (24, 24, 36, 12)
    assert (made.codebook_version, made.codebook_sha256) == (load().version, load().sha256)
    assert made.before["micro"] < made.after["micro"] == 1
    assert (made.after["statements"], made.after["recall"], made.after["valence"]) == (36, 1, 1)
    assert TAUGHT in made.spoken_for
    assert tags() == {TAUGHT: "model"}
    assert tagging.method_id(load()) != before
    assert tagging.method_id(load()).endswith(made.model_id)
    assert LearnedFrom.objects.filter(learning=made).count() == 24
    assert [(done, of) for _, done, of in said] == [(number, 6) for number in range(7)]


def test_a_theme_needs_ten_accepted_statements_before_its_model_speaks(office):
    audit_sample()
    teach(9)
    assert TAUGHT not in learn().spoken_for
    teach(1)
    assert TAUGHT in learn().spoken_for


def test_a_model_that_is_worse_than_rules_on_the_audit_sample_does_not_speak(office):
    audit_sample(cold=None)
    coded(" ".join(["Nobody told me the date of the trial."] * 3), [TAUGHT], blind=True)
    teach()
    made = learn()
    assert TAUGHT not in made.spoken_for
    assert made.after["micro"] == made.before["micro"] == 1


def test_what_is_worse_on_the_audit_sample_is_not_kept(office, monkeypatch):
    audit_sample(cold=None)
    coded("Nobody rang me back. Nobody rang me back. They never rang me back.", ["communication"], blind=True)
    teach()
    monkeypatch.setattr(judging, "speakers", lambda *_: frozenset({TAUGHT}))
    before = tagging.method_id(load())
    made = learn()
    assert made.state == LearningState.WORSE
    assert made.after["micro"] < made.before["micro"]
    assert (tagging.method_id(load()), kept_in(office)) == (before, set())
    assert not LearnedFrom.objects.exists()


@pytest.mark.parametrize(
    ("micro", "valence", "is_kept"),
    [(0.6, 0.8, True), (0.59, 0.9, False), (0.7, 0.75, True), (0.7, 0.6, False), (0.7, None, False)],
)
def test_themes_may_not_be_worse_at_all_and_valences_no_worse_than_chance(micro, valence, is_kept):
    new = Figures(100, micro, 0, 1, 1, 1, valence, None)
    assert new.is_no_worse_than(Figures(100, 0.6, 0, 1, 1, 1, 0.8, 0.7)) == is_kept
    assert Figures(100, micro, 0, 1, 1, 1, valence, None).is_no_worse_than(Figures(100, 0, 0, 1, 0, 0, None, None))


@pytest.mark.parametrize("missing", ["audit", "lessons"])
def test_without_an_audit_sample_or_anything_coded_nothing_is_learned(office, missing):
    if missing == "lessons":
        audit_sample()
    else:
        teach(3)
    made = learn()
    assert (made.state, made.after, kept_in(office)) == (LearningState.REFUSED, None, set())


def test_the_audit_sample_judges_and_whoever_is_in_it_teaches_nothing(office):
    audited = coded(COLD, [TAUGHT], blind=True)
    coded("We waited in a draughty hall.", [TAUGHT], contribution=audited.contribution)
    alone = coded(COLD, [TAUGHT])
    assert [one.told_by for one in taught()] == [str(alone.contribution_id)]
    assert [(one.contribution, set(one.themes)) for one in held_out()] == [(str(audited.contribution_id), {TAUGHT})]


def test_only_what_may_be_counted_and_read_teaches(office):
    refused, unread, agreed = (coded(COLD, [TAUGHT]) for _ in range(3))
    change_uses(refused.contribution_id, frozenset({Use.QUOTE}))
    change_uses(unread.contribution_id, frozenset({Use.STATISTICS}))
    assert [one.told_by for one in taught()] == [str(agreed.contribution_id)]


def test_a_word_that_fewer_than_three_contributions_say_is_in_no_model(office):
    audit_sample()
    teach()
    for text in ("The usher Quibbleton sent us on.", "We asked Quibbleton twice."):
        coded(text, [TAUGHT])
    for number in range(3):
        coded(f"An usher sent us on, marzipan {number}.", [TAUGHT])
    assert learn().state == LearningState.IN_USE
    words = words_in(office)
    assert "marzipan" in words
    assert "friday" in words, "a written text is nobody's contribution"
    assert not any("quibble" in word for word in words)
    held = [path for path in (office / theme_models.LEARNED / "1").rglob("*") if path.is_file()]
    assert {path.suffix for path in held} == {".json", ".npz"}
    assert not any(b"quibbleton" in path.read_bytes().lower() for path in held)


def test_who_takes_their_words_back_makes_models_stale_and_the_next_job_learns_without_them(office):
    audit_sample()
    first, *_ = teach()
    made = learn()
    assert not made.is_stale
    assert learn_without_who_left.call() == {"outcome": "nothing to do"}
    first.contribution.delete()
    assert made.is_stale
    teach(1)
    assert learn_without_who_left.call() == {"outcome": "in-use"}
    made.refresh_from_db()
    assert (made.state, kept_in(office)) == (LearningState.RETIRED, {"2"})
    assert not made.learned_from.exists()
    assert Learning.objects.in_use().contributions == 25
    assert not Learning.objects.in_use().is_stale


def test_who_says_no_to_counting_does_too_and_with_too_little_left_set_up_is_used_again(office):
    audit_sample()
    before = tagging.method_id(load())
    cold = teach()
    made = learn()
    change_uses(cold[0].contribution_id, frozenset({Use.QUOTE}))
    assert made.is_stale
    Coding.objects.filter(was_blind=True).delete()
    assert keep_up().state == LearningState.REFUSED
    made.refresh_from_db()
    assert (made.state, kept_in(office), tagging.method_id(load())) == (LearningState.RETIRED, set(), before)
    assert keep_up() is None


def test_who_leaves_while_models_learn_is_not_in_what_is_kept(office, monkeypatch):
    audit_sample()
    cold = teach()
    real = keeping.write

    def meanwhile(*given):
        change_uses(cold[0].contribution_id, frozenset())
        return real(*given)

    monkeypatch.setattr(keeping, "write", meanwhile)
    with pytest.raises(CannotLearn, match="took words back"):
        learn()
    assert (Learning.objects.get().state, kept_in(office), tags()) == (LearningState.FAILED, set(), {})


def test_going_back_uses_the_former_models_and_then_those_of_set_up(office):
    audit_sample()
    analyst, start = UserFactory(roles=[Role.ANALYST]), tagging.method_id(load())
    teach()
    first = learn()
    method = tagging.method_id(load())
    teach(2)
    second = learn()
    assert tagging.method_id(load()) not in {start, method}
    assert kept_in(office) == {"1", "2"}
    assert go_back(by=analyst) == first
    assert learn_without_who_left.call() == {"outcome": "nothing to do"}
    assert (tagging.method_id(load()), kept_in(office)) == (method, {"1"})
    second.refresh_from_db()
    assert (second.state, second.learned_from.count()) == (LearningState.UNDONE, 0)
    assert go_back(by=analyst) is None
    keep_up()
    assert (tagging.method_id(load()), kept_in(office)) == (start, set())
    with pytest.raises(CannotGoBack, match="set-up"):
        go_back(by=analyst)


def test_models_that_build_on_another_set_up_are_left_at_once_and_learned_again(office):
    audit_sample()
    teach()
    learn()
    head = office / theme_models.FOLDER / theme_models.HEAD
    head.write_text(head.read_text().replace(keeping.set_up(), "f" * 64))
    assert tags() == {}
    assert keep_up().state == LearningState.IN_USE
    assert tags() == {TAUGHT: "model"}


def test_a_theme_that_was_added_to_the_codebook_is_learned_and_read_back_with_it(office):
    publisher = UserFactory(roles=[Role.ANALYST, Role.PUBLISHER])
    draft = editions.begin(by=publisher, documents=with_theme(editions.current_documents(), LOST))
    version = editions.publish(draft, note="A theme more.", by=publisher)
    for words in SAT:
        coded(f"{words} the evidence locker, with my laptop.", ["lost-property"])
    person = [UserFactory(), UserFactory()]
    for _ in range(10):
        coded(" ".join(["My laptop is in the evidence locker."] * 3), ["lost-property"], blind=True, by=person)
        coded(PLAIN, [], blind=True, by=person)
    made = learn()
    assert (made.codebook_version, made.codebook_sha256) == (version.version, editions.current().sha256)
    assert "lost-property" in made.spoken_for
    found = tagging.analyse("They put my laptop in the evidence locker.", editions.current())
    assert [(tag.theme, tag.source) for tag in found.tags] == [("lost-property", "model")]
    assert tagging.method_id(editions.current()).endswith(made.model_id)


def test_models_damaged_on_disk_leave_those_of_set_up_to_speak(office):
    audit_sample()
    teach()
    before = tagging.method_id(load())
    learn()
    (office / theme_models.LEARNED / "1" / "themes" / "arrays.npz").write_bytes(b"")
    executing._opened.cache_clear()
    assert tagging.method_id(load()) == before


def test_only_one_learns_at_a_time_and_one_that_died_is_told_so(office):
    dead = Learning.objects.create(number=1, begun_on="2026-11-01", steps=6, seed=0, set_up="", codebook_version="1")
    with (office / keeping.LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(CannotLearn, match="already"):
            learn()
        assert keep_up() is None
        with pytest.raises(CannotGoBack, match="now"):
            go_back(by=UserFactory(roles=[Role.ANALYST]))
    assert learn_from_people.call() == {"outcome": "refused"}
    dead.refresh_from_db()
    assert dead.state == LearningState.FAILED


def test_a_fault_ends_the_record_and_changes_nothing(office, monkeypatch):
    audit_sample()
    teach(1)
    monkeypatch.setattr(job, "models_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        learn()
    assert Learning.objects.get().state == LearningState.FAILED
    assert tags() == {}


def test_without_set_up_it_says_what_to_do(db, settings, tmp_path):
    settings.HEARD_MODELS_DIR = tmp_path
    with pytest.raises(CommandError, match=r"tools\.finish_setup"):
        call_command("learn_from_people", verbosity=0)
    assert learn_without_who_left.call() == {"outcome": "nothing to do"}
    assert not Learning.objects.exists()


def test_the_command_prints_the_record_within_the_rules_of_disclosure(office, capsys):
    audit_sample()
    teach(6)
    call_command("learn_from_people", verbosity=0)
    said = capsys.readouterr().out
    assert "Learning 1: In use." in said
    assert "12 written texts and 10 coded statements; judged by 35 statements" in said
    assert "Right before: 0% (0% to 0%)" in said
