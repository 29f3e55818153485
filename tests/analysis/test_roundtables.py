"""Importing roundtables: published ones are kept and tagged, live ones are sealed. Every text here is made up."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Role
from analysis import roundtables
from analysis.models import HistoricTag, MachineTag, PassageTag
from analysis.pipeline import Analysis, Statement, Tag
from analysis.roundtables import NotReadable, import_historic, tag_again
from analysis.sweep import sweep
from feedback.models import Contribution, PartKind, Roundtable, RoundtablePart, SealedText
from feedback.roundtables import AlreadyRecorded
from tests.accounts.factories import UserFactory
from tests.feedback.factories import ConsultationFactory

HELD = datetime.date(2020, 3, 4)
CANARY = "Quillfeather"
REVIEW = """The Lighthouse Review

What people told us

Nobody called me back for six weeks after I reported it.
It rained on the day of the meeting and the tea was cold.

“The police never called me back”

Our recommendations

• Ensure that somebody calls people back.

Annex A

Nobody called me back, wrote one person in a letter.
"""
NOTES = f"We talked about the desk.\n{CANARY} never called us back.\n\nThen we talked about letters."

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(tmp_path):
    path = tmp_path / "review.txt"
    path.write_text(REVIEW, encoding="utf-8")
    return path


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(NOTES, encoding="utf-8")
    return path


def historic(path, **options):
    call_command(
        "import_roundtable", str(path), **({"title": "Lighthouse", "date": "2020-03-04", "historic": True} | options)
    )


def live(path, **options):
    given = {"title": "Desk", "date": "2026-11-02", "people": 7, "consents": "statistics, quote"}
    call_command("import_roundtable", str(path), **(given | options))


def test_a_published_review_is_recorded_in_its_parts():
    done = import_historic(REVIEW.encode(), title="Lighthouse", held_on=HELD)
    assert done.roundtable.is_historic
    assert done.roundtable.held_on == HELD
    assert done.parts == {"heading": 3, "body": 1, "quotation": 1, "recommendation": 1, "annex": 2}
    assert [part.kind for part in done.roundtable.parts.all()][-1] == PartKind.ANNEX


def test_tags_lie_on_the_words_of_text_and_quotations_only():
    done = import_historic(REVIEW.encode(), title="Lighthouse", held_on=HELD)
    tags = HistoricTag.objects.filter(theme="communication").select_related("part")
    assert {tag.part.kind for tag in HistoricTag.objects.select_related("part")} <= {"body", "quotation"}
    assert len(tags) == 2
    for tag in tags:
        assert "called" in tag.part.text[tag.start : tag.end]
    assert (done.tagged, done.without_theme) == (2, 1)


def test_historic_tags_never_enter_live_tables(keys):
    import_historic(REVIEW.encode(), title="Lighthouse", held_on=HELD)
    assert sweep().texts == 0
    assert MachineTag.objects.count() == PassageTag.objects.count() == Contribution.objects.count() == 0


def test_the_same_file_is_refused_the_second_time_whatever_it_is_called():
    import_historic(REVIEW.encode(), title="Lighthouse", held_on=HELD)
    with pytest.raises(AlreadyRecorded, match='"Lighthouse", held on 4 March 2020'):
        import_historic(REVIEW.encode(), title="Another name", held_on=HELD)
    assert Roundtable.objects.count() == 1


def test_a_failure_while_tagging_leaves_nothing_recorded(monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(roundtables, "analyse", fail)
    with pytest.raises(ZeroDivisionError):
        import_historic(REVIEW.encode(), title="Lighthouse", held_on=HELD)
    assert Roundtable.objects.count() == RoundtablePart.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"  \n\f\n ", "\ufeff".encode()])
def test_an_empty_file_is_refused(content):
    with pytest.raises(NotReadable, match="empty"):
        import_historic(content, title="Lighthouse", held_on=HELD)


def test_a_file_that_is_not_utf_8_is_refused_by_line_and_never_quoted():
    content = f"First line\nSecond line of {CANARY} caf".encode() + b"\xe9\nThird"
    with pytest.raises(NotReadable, match=r"not UTF-8 text \(see line 2\)") as refused:
        import_historic(content, title="Lighthouse", held_on=HELD)
    assert CANARY not in str(refused.value)


def test_a_byte_order_mark_is_no_part_of_the_text():
    import_historic(b"\xef\xbb\xbf" + REVIEW.encode(), title="Lighthouse", held_on=HELD)
    assert RoundtablePart.objects.first().text == "The Lighthouse Review"


def test_a_new_codebook_tags_published_records_again(monkeypatch):
    import_historic(REVIEW.encode(), title="Lighthouse", held_on=HELD)
    found = Analysis((Statement(0, 4),), (Tag("safe-escort", "problem", None, "rule", 0, 4),))
    monkeypatch.setattr(roundtables, "analyse", lambda *_, **__: found)
    assert tag_again() == 2
    assert set(HistoricTag.objects.values_list("theme", flat=True)) == {"safe-escort"}


def test_the_sweep_command_tags_published_records_again_only_when_told_to(keys, capsys):
    import_historic(REVIEW.encode(), title="Lighthouse", held_on=HELD)
    before = set(HistoricTag.objects.values_list("pk", flat=True))
    call_command("sweep")
    assert set(HistoricTag.objects.values_list("pk", flat=True)) == before
    call_command("sweep", again=True)
    assert not set(HistoricTag.objects.values_list("pk", flat=True)) & before
    assert "Tagged 2 parts of published records again." in capsys.readouterr().out


def test_the_command_prints_parts_by_kind_and_statements(review, capsys):
    historic(review)
    said = capsys.readouterr().out
    assert 'Recorded "Lighthouse" as published historic evidence.' in said
    assert "  Heading: 3\n" in said
    assert "  Recommendation: 1\n" in said
    assert "Statements tagged: 2. Read without finding a theme: 1." in said


@pytest.mark.parametrize("written", ["4 March 2020", "2020-13-01", "04/03/2020", ""])
def test_a_bad_date_is_refused(review, written):
    with pytest.raises(CommandError, match="YYYY-MM-DD"):
        historic(review, date=written)
    assert Roundtable.objects.count() == 0


def test_a_day_that_has_not_come_is_refused(review):
    with pytest.raises(CommandError, match="future"):
        historic(review, date="2999-01-01")


def test_a_missing_file_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="The file cannot be read: No such file"):
        historic(tmp_path / "nowhere.txt")


def test_the_command_refuses_the_same_file_twice(review):
    historic(review)
    with pytest.raises(CommandError, match="already recorded"):
        historic(review, title="Again")


def test_live_notes_are_sealed_paragraph_by_paragraph_and_nothing_readable_is_kept(keys, notes, capsys):
    consultation = ConsultationFactory(title="The desk")
    UserFactory(username="mod", roles=[Role.MODERATOR])
    live(notes, consultation="The desk", by="mod")
    contribution = Contribution.objects.get()
    assert (contribution.people, contribution.voice, contribution.consultation) == (7, "group", consultation)
    assert (contribution.may_statistics, contribution.may_quote, contribution.may_future) == (True, True, False)
    assert SealedText.objects.count() == 2
    assert RoundtablePart.objects.count() == 0
    said = capsys.readouterr()
    assert "Sealed 2 paragraphs." in said.out
    assert CANARY not in said.out + said.err + database()


def database():
    with connection.cursor() as cursor:
        out = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names come from the database itself
            out += map(repr, cursor.fetchall())
    return "\n".join(out)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"consultation": None}, "needs --consultation"),
        ({"people": None}, "needs --people"),
        ({"by": None}, "needs --by"),
        ({"consultation": "Nowhere"}, "exactly one consultation"),
        ({"consents": "statistics,everything"}, "--consents takes statistics"),
        ({"by": "nobody"}, "Nobody has this user name"),
        ({"by": "guest"}, "no role that lets you"),
        ({"people": 1}, "A group is two people or more"),
    ],
)
def test_a_live_meeting_is_refused_in_a_sentence(keys, notes, wrong, sentence):
    ConsultationFactory(title="The desk")
    UserFactory(username="mod", roles=[Role.MODERATOR])
    UserFactory(username="guest")
    with pytest.raises(CommandError, match=sentence):
        live(notes, **({"consultation": "The desk", "by": "mod"} | wrong))
    assert Contribution.objects.count() == 0


def test_a_consultation_can_be_named_by_its_id(keys, notes):
    consultation = ConsultationFactory()
    UserFactory(username="mod", roles=[Role.MODERATOR])
    live(notes, consultation=str(consultation.pk), by="mod")
    assert Contribution.objects.get().consultation == consultation
