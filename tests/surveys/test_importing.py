"""Importing answers: every fault by row and column, never a cell's text; all or nothing; undone as a whole.

Everything said in these files was made up.
"""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from feedback.models import Batch, Channel, Contribution, SealedText, Use, Voice
from surveys.definition import Kind, Option, Question
from surveys.importing import cells
from surveys.importing.checking import check
from surveys.importing.loading import AlreadyImported, load
from surveys.importing.reading import Unreadable, read
from surveys.models import Answer, Response
from tests.accounts.factories import UserFactory
from tests.surveys.factories import SMALL, SurveyFactory

TODAY = date(2026, 11, 22)
COLUMNS = ["received_on", "consents", "WHO", "TOLD", "HEARD", "CRIME", "CHANGE"]
GOOD = ["2026-10-01", "statistics;quote", "me", "yes", "agree", "hate-crime", "They could have phoned me back."]
SECRET = "Quillfeather"


def sheet(*rows, columns=COLUMNS):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


def changed(column, cell):
    return [cell if name == column else good for name, good in zip(COLUMNS, GOOD, strict=True)]


def plan_of(*rows, columns=COLUMNS, definition=SMALL):
    return check(read(sheet(*rows, columns=columns)), definition, today=TODAY)


def said(plan):
    return [str(fault) for fault in plan.faults]


class TestReading:
    def test_a_byte_order_mark_and_windows_line_ends_are_fine(self):
        found = read(b"\xef\xbb\xbfa,b\r\n1,2\r\n")
        assert found.columns == ("a", "b")
        assert [(row.number, row.cells) for row in found.rows] == [(2, ("1", "2"))]

    def test_a_cell_may_hold_lines_commas_and_quotation_marks(self):
        assert read(b'a,b\n"one\ntwo, ""three""",x\n').rows[0].cells == ('one\ntwo, "three"', "x")

    def test_rows_are_numbered_as_a_spreadsheet_does(self):
        found = read(b'a,b\n"one\ntwo",x\n3,y\n')
        assert [row.number for row in found.rows] == [2, 3]

    def test_blank_rows_are_passed_over_and_counted(self):
        found = read(b"a,b\n1,2\n,\n\n3,4\n ,\n")
        assert [row.number for row in found.rows] == [2, 5]
        assert found.blank == 3

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "empty"),
            ("a,b\n1,2".encode("utf-16"), "UTF-16"),
            ("a,b\n1,2\ncafé,3\n".encode("latin-1"), "Line 3 is not UTF-8"),
            ("é\nb\né\n".encode("cp1252"), "Lines 1, 3 are not UTF-8"),
            (("é\n" * 30).encode("cp1252"), "and 10 more are not UTF-8"),
            (b'a,b\n1,"open\n', "Line 2: the quotation marks do not match"),
            (b'a,b\n1,"x"y\n', "Line 2: the quotation marks do not match"),
            (b"a;b;c\n1;2;3\n", "not separated by commas"),
            (b"a\tb\n1\t2\n", "not separated by commas"),
        ],
    )
    def test_what_is_no_table_is_refused_with_its_lines(self, data, words):
        with pytest.raises(Unreadable, match=words):
            read(data)

    def test_a_very_long_cell_is_left_to_its_row(self):
        assert len(read(b"a\n" + b"x" * 300_000).rows[0].cells[0]) == 300_000
        assert csv.field_size_limit() == 131_072

    def test_the_message_never_holds_what_stood_there(self):
        data = f"a,b\n1,2\n{SECRET} café,3\n".encode("latin-1")
        with pytest.raises(Unreadable) as refusal:
            read(data)
        assert SECRET not in str(refusal.value)
        assert refusal.value.__cause__ is None
        assert refusal.value.__suppress_context__

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, data):
        try:
            found = read(data)
        except Unreadable:
            return
        assert all(isinstance(row.cells, tuple) for row in found.rows)

    @given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2), max_size=5))
    def test_what_csv_writes_is_what_is_read(self, rows):
        found = read(sheet(*rows, columns=["a", "b"]))
        kept = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
        assert [row.cells for row in found.rows] == kept
        assert found.blank == len(rows) - len(kept)


class TestColumns:
    @pytest.mark.parametrize(
        ("columns", "words"),
        [
            ([*COLUMNS, "SHOE-SIZE"], "Row 1, column number 8: its name is neither a question of this survey"),
            ([*COLUMNS, ""], "Row 1, column number 8: it has no name."),
            ([*COLUMNS, "TOLD"], "Row 1, column TOLD: it stands in the file twice."),
            (COLUMNS[1:], "Row 1, column received_on: it is missing"),
            (
                [name for name in COLUMNS if name != "consents"],
                "Row 1, column consents: it is missing: add it, or give",
            ),
            ([name for name in COLUMNS if name != "WHO"], "Row 1, column voice: it is missing: add it, or give"),
            (["received_on", "consents", "voice"], "Row 1: no column is a question of this survey."),
        ],
    )
    def test_a_wrong_heading_is_reported(self, columns, words):
        faults = said(plan_of(columns=columns))
        assert any(fault.startswith(words) for fault in faults), faults

    def test_an_unknown_name_is_not_repeated_because_it_may_be_somebodys_words(self):
        plan = plan_of(columns=[*COLUMNS, f"{SECRET} never called"])
        assert SECRET not in " ".join(said(plan))

    def test_no_row_is_read_under_a_wrong_heading(self):
        plan = plan_of(["x"] * 8, columns=[*COLUMNS, "SHOE-SIZE"])
        assert (plan.entries, len(plan.faults), len(plan.heading_faults)) == ((), 1, 1)

    def test_questions_without_a_column_are_named(self):
        plan = plan_of(["2026-10-01", "", "me", "yes"], columns=["received_on", "consents", "WHO", "TOLD"])
        assert plan.columns_missing == ("HEARD", "CRIME", "CHANGE")
        assert len(plan.entries) == 1

    def test_consents_may_come_as_the_answers_to_their_question(self):
        plan = plan_of(
            ["2026-10-01", "statistics", "first-hand", "yes"], columns=["received_on", "USES", "voice", "TOLD"]
        )
        assert plan.entries[0].consents == {Use.STATISTICS}


class TestRows:
    def test_a_good_row_becomes_an_entry(self):
        entry = plan_of(GOOD).entries[0]
        assert (entry.row, entry.received_on, entry.voice, entry.people) == (2, date(2026, 10, 1), Voice.FIRST_HAND, 1)
        assert entry.consents == {Use.STATISTICS, Use.QUOTE}
        assert (entry.channel, entry.language) == (Channel.IMPORT, "en")
        assert entry.closed == {"WHO": "me", "TOLD": "yes", "HEARD": "agree", "CRIME": "hate-crime"}
        assert [(free.question_id, free.text) for free in entry.texts] == [("CHANGE", GOOD[-1])]

    def test_every_other_column_is_kept_too(self):
        columns = [*COLUMNS, "channel", "language", "people", "voice"]
        entry = plan_of([*GOOD, "paper", "pa", "12", "group"], columns=columns).entries[0]
        assert (entry.channel, entry.language, entry.people, entry.voice) == (Channel.PAPER, "pa", 12, Voice.GROUP)

    @pytest.mark.parametrize(
        ("column", "cell", "words"),
        [
            ("received_on", "", "it is empty; give the day"),
            ("received_on", "31/12/2025", "write dates as 2026-11-22"),
            ("received_on", "2026-02-30", "write dates as 2026-11-22"),
            ("received_on", "2026-W01-1", "write dates as 2026-11-22"),
            ("received_on", "2026-11-23", "the date lies in the future"),
            ("consents", "statistics;everything", "use one of statistics, paraphrase, quote, future"),
            ("WHO", "them", "use the values me, us"),
            ("TOLD", "Yes", "use the values yes, no"),
            ("HEARD", "5", "use the values strongly-agree, agree"),
            ("CRIME", "hate-crime;stalking-harassment", "use the values stalking-harassment, hate-crime"),
            ("CHANGE", "x" * 2001, "it is 2001 characters long; at most 2000 are allowed"),
            ("CHANGE", "a\0b", "it holds a NUL character; take it out"),
        ],
    )
    def test_a_bad_cell_is_reported_by_row_and_column(self, column, cell, words):
        plan = plan_of(GOOD, changed(column, cell))
        assert len(plan.entries) == 1
        assert any(fault.startswith(f"Row 3, column {column}: {words}") for fault in said(plan)), said(plan)

    @pytest.mark.parametrize(("length", "is_good"), [(1999, True), (2000, True), (2001, False)])
    def test_the_limit_is_what_a_person_would_count(self, length, is_good):
        plan = plan_of(changed("CHANGE", "é" * length))
        assert bool(plan.entries) == is_good

    @pytest.mark.parametrize("column", COLUMNS)
    def test_no_message_repeats_a_cell(self, column):
        plan = plan_of(changed(column, f"{SECRET} {'x' * 3000}"))
        assert plan.faults
        assert SECRET not in " ".join(said(plan)) + repr(plan)

    def test_words_stay_out_of_what_python_prints(self):
        plan = plan_of(changed("CHANGE", SECRET))
        assert plan.entries
        assert not any(kept in repr(plan) for kept in (SECRET, "hate-crime", "FreeText"))
        assert SECRET not in repr(read(sheet(changed("CHANGE", SECRET))))

    @pytest.mark.parametrize("cells_in_row", [6, 8])
    def test_a_row_of_another_length_is_reported(self, cells_in_row):
        plan = plan_of([*GOOD, "x"][:cells_in_row])
        assert said(plan) == [f"Row 2: it has {cells_in_row} cells; there are 7 columns."]

    def test_a_row_that_stands_twice_is_reported_with_its_twin(self):
        plan = plan_of(GOOD, changed("CHANGE", "Something else."), GOOD)
        assert said(plan) == ["Row 4: it says the same as row 2; keep one of them."]
        assert [entry.row for entry in plan.entries] == [2, 3]

    def test_several_faults_of_one_row_are_all_reported(self):
        row = changed("TOLD", "perhaps")
        row[0] = "yesterday"
        assert len(said(plan_of(row))) == 2

    def test_an_answer_to_a_question_that_was_not_asked_is_reported(self):
        faults = said(plan_of(changed("TOLD", "no")))
        assert faults == ["Row 2, column HEARD: it is asked only after certain answers to TOLD; empty it."]

    def test_a_rule_is_not_judged_where_its_question_is_no_column(self):
        columns = [name for name in COLUMNS if name != "TOLD"]
        row = [cell for name, cell in zip(COLUMNS, GOOD, strict=True) if name != "TOLD"]
        assert len(plan_of(row, columns=columns).entries) == 1

    def test_who_did_not_agree_to_take_part_is_left_out(self):
        plan = plan_of([*GOOD, "no"], columns=[*COLUMNS, "TP"])
        assert said(plan) == ["Row 2, column TP: this person did not agree to take part; leave the row out."]

    def test_a_row_without_an_answer_is_reported(self):
        plan = plan_of(["2026-10-01", "statistics", "me", "", "", "", ""])
        assert said(plan) == ["Row 2: it answers no question."]

    @pytest.mark.parametrize(
        ("voice", "people", "expected"),
        [("me", "", 1), ("us", "", 2), ("us", "7", 7), ("me", "1", 1), ("us", "1", None), ("me", "2", None)],
    )
    def test_people_fit_the_voice(self, voice, people, expected):
        plan = plan_of([*changed("WHO", voice), people], columns=[*COLUMNS, "people"])
        assert [entry.people for entry in plan.entries] == ([expected] if expected else [])

    @pytest.mark.parametrize("number", ["0", "-1", "1.5", "501", "many", "٣", "99999"])
    def test_people_is_a_whole_number_within_reason(self, number):
        plan = plan_of([*changed("WHO", "us"), number], columns=[*COLUMNS, "people"])
        assert plan.faults[0].column == "people"

    def test_no_consent_is_no(self):
        assert plan_of(changed("consents", "")).entries[0].consents == frozenset()


class TestCells:
    MONTH = Question("WHEN", Kind.MONTH_YEAR, "When?", purpose="Waiting times are counted in months.")
    HALF = Question("WHEN", Kind.MONTH_YEAR, "When?")
    ORDER = Question("ORDER", Kind.RANKING, "?", options=(Option("a", "A"), Option("b", "B"), Option("c", "C")))

    @pytest.mark.parametrize(
        ("cell", "kept"), [("2026-06", "2026-H1"), ("2026-07", "2026-H2"), ("1999", "1999"), ("2026-H2", "2026-H2")]
    )
    def test_only_the_half_year_is_taken_from_a_month_without_a_purpose(self, cell, kept):
        assert cells.answer(self.HALF, cell) == kept

    def test_a_half_year_is_no_month_where_the_month_is_kept(self):
        with pytest.raises(cells.BadCell, match="write a month and year"):
            cells.answer(self.MONTH, "2026-H2")

    def test_an_order_is_read_from_first_to_last(self):
        assert cells.answer(self.ORDER, "c; a") == ["c", "a"]

    @pytest.mark.parametrize(("cell", "words"), [("a;a", "stands in it twice"), ("a;d", "use the values a, b, c")])
    def test_an_order_names_each_option_once(self, cell, words):
        with pytest.raises(cells.BadCell, match=words):
            cells.answer(self.ORDER, cell)

    @pytest.mark.parametrize("cell", ["2026-03", "1999", " 2020-12 "])
    def test_a_month_and_year_are_written_as_online(self, cell):
        assert cells.answer(self.MONTH, cell) == cell.strip()

    @pytest.mark.parametrize("cell", ["March 2026", "2026-13", "2026-3", "1850", "2026-03-01"])
    def test_any_other_month_is_refused(self, cell):
        with pytest.raises(cells.BadCell, match="write a month and year"):
            cells.answer(self.MONTH, cell)

    @pytest.mark.parametrize(
        ("cell", "words"), [("phone;none", "only stands on its own"), ("phone; phone", "stands in it twice")]
    )
    def test_several_answers_may_not_contradict(self, cell, words):
        from surveys.library import load_template

        with pytest.raises(cells.BadCell, match=words):
            cells.answer(load_template("victims_code_experience").question("VE-10"), cell)

    @pytest.mark.parametrize("tag", ["english", "EN", "en_GB", "x" * 13])
    def test_a_language_is_a_short_tag(self, tag):
        with pytest.raises(cells.BadCell):
            cells.language(tag)


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture
    def survey(self, keys):
        return SurveyFactory(published=True)

    @pytest.fixture
    def run(self, survey, tmp_path):
        def run(*rows, columns=COLUMNS, data=None, **options):
            path = tmp_path / "answers.csv"
            path.write_bytes(sheet(*rows, columns=columns) if data is None else data)
            out, err = io.StringIO(), io.StringIO()
            refusal = ""
            try:
                call_command("import_responses", str(path), survey=survey.code, stdout=out, stderr=err, **options)
            except CommandError as error:
                refusal = str(error)
            return out.getvalue(), err.getvalue(), refusal

        return run

    def test_a_dry_run_stores_nothing(self, run):
        out, _, refusal = run(GOOD)
        assert "1 rows: 1 good, 0 with faults" in out
        assert "Nothing was stored. Add --apply" in out
        assert (refusal, Contribution.objects.count(), Batch.objects.count()) == ("", 0, 0)

    def test_apply_stores_contributions_with_sealed_words_and_closed_answers(self, run, survey):
        out, _, _ = run(GOOD, changed("CHANGE", ""), apply=True, label="Paper forms, autumn")
        batch = Batch.objects.get()
        assert f"2 contributions stored as batch {batch.pk}" in out
        assert batch.label == "Paper forms, autumn"
        first = Contribution.objects.get(sealed_texts__isnull=False)
        assert (first.batch, first.received_on, first.may_quote, first.may_future) == (
            batch,
            date(2026, 10, 1),
            True,
            False,
        )
        assert first.response.version == survey.versions.get()
        stored = dict(Answer.objects.filter(response=first.response).values_list("question_id", "value"))
        assert stored == {"WHO": "me", "TOLD": "yes", "HEARD": "agree", "CRIME": "hate-crime"}
        assert SealedText.objects.get().question_id == "CHANGE"

    def test_one_bad_row_stops_everything(self, run):
        _, err, refusal = run(GOOD, changed("TOLD", "perhaps"), apply=True)
        assert "Row 3, column TOLD: use the values yes, no." in err
        assert "Mend the faults, or add --skip-bad" in refusal
        assert Contribution.objects.count() == 0

    def test_skip_bad_stores_the_others_and_says_how_many_were_left_out(self, run):
        out, _, refusal = run(GOOD, changed("TOLD", "perhaps"), apply=True, skip_bad=True)
        assert refusal == ""
        assert "1 contributions stored as batch" in out
        assert "1 rows were left out." in out
        assert "Faults by column: 1 TOLD" in out
        assert Contribution.objects.count() == 1

    def test_skip_bad_cannot_save_a_file_with_a_wrong_heading(self, run):
        _, _, refusal = run([*GOOD, "9"], columns=[*COLUMNS, "SHOE-SIZE"], apply=True, skip_bad=True)
        assert "column names must be put right" in refusal

    def test_a_file_without_a_good_row_is_refused(self, run):
        assert "There is no good row" in run(changed("TOLD", "x"), apply=True, skip_bad=True)[2]
        assert "There is no good row" in run(apply=True)[2]

    def test_the_same_file_is_refused_a_second_time(self, run):
        run(GOOD, apply=True)
        assert f"already here as batch {Batch.objects.get().pk}" in run(GOOD, apply=True)[2]
        assert Contribution.objects.count() == 1

    def test_undo_takes_the_whole_batch_back_and_the_file_may_come_again(self, run):
        run(GOOD, changed("CHANGE", "More."), apply=True)
        out = io.StringIO()
        call_command("import_responses", undo=Batch.objects.get().pk, stdout=out)
        assert "2 contributions deleted." in out.getvalue()
        assert not any(model.objects.exists() for model in (Contribution, Batch, SealedText, Response, Answer))
        assert run(GOOD, changed("CHANGE", "More."), apply=True)[2] == ""

    def test_a_broken_encoding_names_the_line(self, run):
        data = sheet(GOOD, changed("CHANGE", "café")).decode().encode("latin-1")
        assert run(data=data)[2] == "Line 3 is not UTF-8. Save the file as “CSV UTF-8” and try again."

    def test_nothing_printed_repeats_a_cell(self, run):
        rows = [changed(column, f"{SECRET} {'x' * 3000}") for column in COLUMNS]
        assert SECRET not in "".join(run(*rows, apply=True, skip_bad=True))

    def test_a_month_without_keys_stores_nothing(self, run, survey):
        from feedback.models import Period

        Period.objects.all().delete()
        assert "Nothing was stored." in run(GOOD, apply=True)[2]
        assert (Contribution.objects.count(), Batch.objects.count()) == (0, 0)

    @pytest.mark.parametrize(
        ("arguments", "options", "words"),
        [
            ([], {}, "Name a file"),
            (["x.csv"], {}, "Name a file"),
            (["x.csv"], {"survey": "none"}, "No published survey has the code none."),
            ([], {"undo": "00000000-0000-4000-8000-000000000000"}, "There is no such batch."),
        ],
    )
    def test_a_wrong_call_says_what_is_missing(self, arguments, options, words):
        with pytest.raises(CommandError, match=words):
            call_command("import_responses", *arguments, **options)

    def test_a_file_that_is_not_there_is_no_traceback(self, survey):
        with pytest.raises(CommandError, match="The file cannot be read: No such file"):
            call_command("import_responses", "nowhere.csv", survey=survey.code)


@pytest.mark.django_db
class TestLoading:
    def test_a_person_needs_the_right_to(self, keys):
        version = SurveyFactory(published=True).versions.get()
        entries = plan_of(GOOD).entries
        with pytest.raises(PermissionDenied):
            load(entries, version, label="x", sha256="1", by=UserFactory(roles=[Role.MODERATOR]))
        editor = UserFactory(roles=[Role.EDITOR])
        assert load(entries, version, label="x", sha256="1", by=editor).imported_by == editor

    def test_a_failure_on_the_way_leaves_nothing(self, keys):
        version = SurveyFactory(published=True).versions.get()
        entry = plan_of(GOOD).entries[0]

        def breaking():
            yield entry
            raise RuntimeError("the power went")

        with pytest.raises(RuntimeError):
            load(breaking(), version, label="x", sha256="1")
        assert (Contribution.objects.count(), Batch.objects.count()) == (0, 0)

    def test_the_same_bytes_are_refused(self, keys):
        version = SurveyFactory(published=True).versions.get()
        load(plan_of(GOOD).entries, version, label="x", sha256="1")
        with pytest.raises(AlreadyImported):
            load(plan_of(GOOD).entries, version, label="y", sha256="1")

    def test_a_day_long_past_is_kept(self, keys):
        version = SurveyFactory(published=True).versions.get()
        past = timezone.localdate() - timedelta(days=900)
        plan = check(read(sheet(changed("received_on", past.isoformat()))), SMALL, today=timezone.localdate())
        load(plan.entries, version, label="x", sha256="1")
        assert Contribution.objects.get().received_on == past
