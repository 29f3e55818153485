import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from analysis import keeping, tasks
from analysis import sweep as sweeping
from analysis.codebook import load
from analysis.keeping import NOT_ANALYSED
from analysis.models import MachineReading, MachineTag, PassageReading, PassageTag, Run
from analysis.pipeline import PIPELINE_ID, Analysis, Statement, Tag
from analysis.sweep import sweep
from feedback.models import Contribution, Passage, SealedText
from feedback.release import LeftOut
from tests.feedback.factories import PassageFactory, SealedTextFactory

CANARY = "Wrenwhistle"
TOLD = f"Nobody called me back for weeks. {CANARY} said the officer was kind and kept me updated."

pytestmark = pytest.mark.django_db


def found(*themes, valence="problem"):
    """What a pipeline might say: each theme once, over the first four code points."""
    return Analysis((Statement(0, 4),), tuple(Tag(theme, valence, None, "rule", 0, 4) for theme in themes))


class FakeTagger:
    """Asks a function about each text."""

    def __init__(self, analyse, name=PIPELINE_ID):
        self.analyse, self.id, self.codebook = analyse, name, load()

    def tag(self, texts, asked=(), *, shows=True):
        return [self.analyse(text, asked=why) for text, why in zip(texts, asked, strict=True)]


@pytest.fixture
def tagging(monkeypatch):
    """Has every text tagged by a function."""

    def by(analyse, name=PIPELINE_ID):
        monkeypatch.setattr(sweeping, "tagger", lambda _book: FakeTagger(analyse, name))

    return by


@pytest.fixture
def one_by_one(monkeypatch):
    """Chunks of one text."""
    monkeypatch.setattr(sweeping, "CHUNK", 1)


@pytest.fixture
def pipeline(tagging):
    """A pipeline that finds one theme in everything, and remembers what it was asked."""
    calls = []

    def analyse(text, *, asked=""):
        calls.append((text, asked))
        return found("communication")

    tagging(analyse)
    return calls


def rows():
    """Every value of every table of this database, as bytes."""
    out = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names come from the database itself
            out += [repr(row).encode() for row in cursor.fetchall()]
    return b"\n".join(out)


def test_a_sealed_text_is_read_and_only_themes_are_kept(keys):
    sealed = SealedTextFactory(text=TOLD)
    done = sweep()
    assert (done.texts, done.passages, done.left_out) == (1, 0, {})
    reading = MachineReading.objects.get(pk=sealed.pk)
    assert reading.statements == 2
    assert set(reading.tags.values_list("theme", flat=True)) >= {"communication"}
    assert CANARY.encode() not in rows()
    assert not {"start", "end", "text"} & {field.name for field in MachineTag._meta.get_fields()}


def test_the_run_says_with_what_it_read(keys, pipeline):
    SealedTextFactory()
    sweep()
    run = Run.objects.get()
    assert (run.read, run.pipeline_id, run.is_finished) == (1, PIPELINE_ID, True)
    assert len(run.codebook_sha256) == 64


def test_a_theme_said_twice_is_one_tag_and_mixed_if_it_was_both(keys, tagging):
    SealedTextFactory()
    both = found("consistency").tags + found("consistency", valence="praise").tags
    tagging(lambda *_, **__: Analysis((Statement(0, 4),), both))
    sweep()
    assert list(MachineTag.objects.values_list("theme", "valence")) == [("consistency", "mixed")]


def test_a_second_sweep_finds_nothing_to_do_and_leaves_no_run(keys, pipeline):
    SealedTextFactory()
    sweep()
    assert sweep().texts == 0
    assert len(pipeline) == Run.objects.count() == 1


def test_a_later_sweep_reads_only_what_came_later(keys, pipeline):
    SealedTextFactory()
    sweep()
    later = SealedTextFactory()
    assert sweep().texts == 1
    assert Run.objects.count() == 2
    assert later.reading.run.read == 1


def test_what_may_not_be_read_is_counted_with_its_reason_and_not_opened(keys, pipeline):
    SealedTextFactory()
    SealedTextFactory(contribution__refused=True)
    SealedTextFactory(contribution__language="pa")
    done = sweep()
    assert done.left_out == {LeftOut.NO_CONSENT.value: 1, LeftOut.NOT_ENGLISH.value: 1}
    assert Run.objects.get().left_out == done.left_out
    assert len(pipeline) == 1


def test_a_reviewed_passage_in_another_language_is_left_to_people_and_counted(keys, pipeline):
    PassageFactory(decision__sealed_text__contribution__language="ur-Latn")
    done = sweep()
    assert done.passages == 0
    # Once as sealed, once as reviewed.
    assert done.left_out == {LeftOut.NOT_ENGLISH.value: 2}
    assert pipeline == []


def test_texts_that_can_never_be_read_do_not_pile_up_runs(keys, pipeline):
    SealedTextFactory(contribution__refused=True)
    assert sweep().left_out == sweep().left_out == {LeftOut.NO_CONSENT.value: 1}
    assert Run.objects.count() == 0


def test_consent_given_later_opens_the_text_at_the_next_sweep(keys, pipeline):
    sealed = SealedTextFactory(contribution__refused=True)
    sweep()
    Contribution.objects.filter(pk=sealed.contribution_id).update(may_statistics=True)
    assert sweep().texts == 1


class Killed(BaseException):
    """The process was ended."""


def test_a_sweep_that_is_killed_is_gone_on_with(keys, tagging, one_by_one):
    for _ in range(3):
        SealedTextFactory()
    reads = []

    def analyse(text, *, asked=""):
        reads.append(text)
        if len(reads) == 2:
            raise Killed
        return found("communication")

    tagging(analyse)
    with pytest.raises(Killed):
        sweep()
    assert MachineReading.objects.count() == 1
    broken = Run.objects.get()
    assert (broken.read, broken.is_finished) == (1, False)
    assert sweep().texts == 2
    assert MachineReading.objects.count() == 3
    assert len(reads) == 4


def test_a_kill_while_tags_are_written_leaves_no_half_reading(keys, pipeline, monkeypatch):
    SealedTextFactory()

    def killed(*_, **__):
        assert MachineReading.objects.count() == 1
        raise Killed

    with monkeypatch.context() as cut:
        cut.setattr(MachineTag.objects, "bulk_create", killed)
        with pytest.raises(Killed):
            sweep()
    assert MachineReading.objects.count() == 0
    assert sweep().texts == 1
    assert MachineTag.objects.count() == 1


def test_two_sweeps_at_once_do_no_double_work(keys, tagging, one_by_one):
    for _ in range(3):
        SealedTextFactory()
    reads = []

    def analyse(text, *, asked=""):
        reads.append(text)
        if len(reads) == 1:
            assert sweep().texts == 3  # the other sweep overtakes this one in the middle of its first text
        return found("communication")

    tagging(analyse)
    assert sweep().texts == 0
    # Only the text that both had open was read twice; it was kept once.
    assert len(reads) == 4
    assert MachineReading.objects.count() == MachineTag.objects.count() == 3
    assert list(Run.objects.filter(read__gt=0).values_list("read", flat=True)) == [3]


@pytest.mark.django_db(transaction=True)
def test_a_text_withdrawn_while_it_is_read_leaves_nothing(keys, tagging):
    SealedTextFactory()

    def analyse(text, *, asked=""):
        Contribution.objects.all().delete()
        return found("communication")

    tagging(analyse)
    sweep()
    assert MachineReading.objects.count() == 0


def test_a_text_the_pipeline_fails_on_is_counted_and_stops_no_other(keys, tagging, caplog):
    SealedTextFactory(text=TOLD)
    SealedTextFactory(text="Someone listened.")

    def analyse(text, *, asked=""):
        if CANARY in text or "[" in text:
            raise ValueError(text)
        return found("communication")

    tagging(analyse)
    done = sweep()
    assert (done.texts, done.left_out) == (1, {NOT_ANALYSED: 1})
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_reviewed_passages_are_read_with_the_span_of_their_words(keys):
    passage = PassageFactory(text="The officer never called me back.")
    sweep()
    tag = PassageTag.objects.get(reading=passage.pk, theme="communication")
    assert passage.text[tag.start : tag.end] in passage.text
    assert 0 <= tag.start < tag.end <= tag.passage_length == len(passage.text)


def test_offsets_count_code_points_also_beyond_the_basic_plane(keys):
    passage = PassageFactory(text="🕊️🕊️ The officer never called me back.")
    sweep()
    tag = PassageTag.objects.get(reading=passage.pk, theme="communication")
    assert "called" in passage.text[tag.start : tag.end]


def test_a_passage_not_agreed_for_counting_is_not_read(keys, pipeline):
    PassageFactory(refused=True)
    assert sweep().passages == 0
    assert PassageReading.objects.count() == 0


def test_the_question_decides_where_the_words_do_not(keys, pipeline, monkeypatch):
    SealedTextFactory(question_id="VE-20")
    monkeypatch.setattr(
        sweeping.Asked, "of_all", lambda self, asked: [{"VE-20": "praise"}[question] for _, question in asked]
    )
    sweep()
    assert [asked for _, asked in pipeline] == ["praise"]


@pytest.mark.parametrize("changed", ["method", "codebook"])
def test_a_new_method_reads_everything_again_when_told_to(keys, pipeline, tagging, changed):
    passage = PassageFactory()
    sweep()
    if changed == "codebook":
        Run.objects.update(codebook_sha256="0" * 64)
    tagging(lambda *_, **__: found("safe-escort"), "rules-v99" if changed == "method" else PIPELINE_ID)
    assert sweep().texts == 0
    assert (sweep(again=True).texts, sweep(again=True).texts) == (1, 0)
    assert list(MachineTag.objects.values_list("theme", flat=True)) == ["safe-escort"]
    assert list(PassageTag.objects.values_list("theme", flat=True)) == ["safe-escort"]
    assert passage.reading.run.read == 2


def test_a_withdrawn_contribution_takes_every_reading_and_tag_along(keys, pipeline):
    passage = PassageFactory()
    sweep()
    tables = [model._meta.db_table for model in (MachineReading, MachineTag, PassageReading, PassageTag)]
    assert [count(table) for table in tables] == [1, 1, 1, 1]
    passage.contribution.delete()
    assert [count(table) for table in (*tables, SealedText._meta.db_table, Passage._meta.db_table)] == [0] * 6


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 - a name of our own
        return cursor.fetchone()[0]


def test_the_task_is_told_nothing_and_gives_back_counts(keys, pipeline):
    SealedTextFactory()
    SealedTextFactory(contribution__refused=True)
    assert tasks.sweep.call() == {"texts": 1, "passages": 0, "left out": 1}


def test_the_worker_keeps_sweeping(settings):
    assert "analysis.tasks.sweep" in settings.HEARD_SCHEDULE


def test_the_command_says_what_it_did(keys, pipeline, capsys):
    SealedTextFactory(text=TOLD)
    SealedTextFactory(contribution__refused=True)
    call_command("sweep")
    said = capsys.readouterr()
    assert "Read 1 sealed texts and 0 reviewed passages." in said.out
    assert "Left out, no consent: 1." in said.out
    assert CANARY not in said.out + said.err


def test_the_run_records_its_input_and_what_became_of_all_of_it(keys, pipeline, one_by_one):
    SealedTextFactory.create_batch(2)
    SealedTextFactory(contribution__refused=True)
    PassageFactory()
    seen = []
    sweep(progress=lambda done, total: seen.append((done, total)))
    run = Run.objects.get()
    assert (run.texts_waiting, run.passages_waiting, run.waiting) == (4, 1, 5)
    assert (run.done, run.read, run.left_out) == (5, 4, {LeftOut.NO_CONSENT.value: 1})
    assert (run.executor, run.codebook_version) == ("serial", load().version)
    assert seen == [(number, 5) for number in range(1, 6)]


def test_a_killed_run_says_how_far_it_came(keys, tagging, one_by_one):
    SealedTextFactory.create_batch(3)
    reads = []

    def analyse(text, *, asked=""):
        reads.append(text)
        if len(reads) == 3:
            raise Killed
        return found("communication")

    tagging(analyse)
    with pytest.raises(Killed):
        sweep()
    run = Run.objects.get()
    assert (run.done, run.waiting, run.read, run.is_finished) == (2, 3, 2, False)


def test_the_seed_alone_decides_the_order(keys, pipeline, monkeypatch):
    SealedTextFactory.create_batch(12)
    orders = []
    for seed in (5, 5, 6):
        monkeypatch.setattr(sweeping.secrets, "randbits", lambda _bits, seed=seed: seed)
        orders.append(sweeping._Sweep(sweeping.tagger(load()), False, lambda *_: None).texts)
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == sorted(orders[2])


def test_a_chunk_is_read_with_a_fixed_number_of_queries(keys, pipeline, django_assert_max_num_queries):
    SealedTextFactory.create_batch(30)
    with django_assert_max_num_queries(30):
        sweep()
    assert MachineReading.objects.count() == 30


def test_one_text_of_a_chunk_kept_meanwhile_does_not_undo_the_others(keys, tagging, monkeypatch):
    sealed = SealedTextFactory.create_batch(5)
    tagging(lambda *_, **__: found("communication"))
    write = keeping._write
    broken = []

    def meeting_another(kind, run, new):
        write(kind, run, new)
        if sealed[2].pk in {item.pk for item, _ in new}:
            broken.append(len(new))
            raise IntegrityError

    monkeypatch.setattr(keeping, "_write", meeting_another)
    assert sweep().texts == 4
    assert broken[0] == 5
    assert not MachineReading.objects.filter(pk=sealed[2].pk).exists()
    assert Run.objects.get().read == 4
