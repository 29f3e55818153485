"""What the reading commands and the codebook's reader refuse, in which words, and what they leave untouched."""

import datetime
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analysis.codebook import CodebookInvalid, load
from analysis.codebook.examples import parse as parse_examples
from analysis.management.commands.tag_file import tagged
from analysis.models import HistoricTag
from analysis.roundtables import NotReadable, decoded, import_historic
from feedback.jsonl import Line
from feedback.models import Roundtable
from feedback.roundtables import NothingSaid

HELD = datetime.date(2020, 3, 4)
SECRET = "Marshwillow"

# ---- tag_file ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "Marshwillow"}', 'no "id" that is a text or a whole number'),
        (b'{"id": true, "text": "Marshwillow"}', 'no "id" that is a text or a whole number'),
        (b'{"id": 1.5, "text": "Marshwillow"}', 'no "id" that is a text or a whole number'),
        (b'{"id": 1, "text": ["Marshwillow"]}', 'no "text" that is a text'),
        (b'["Marshwillow"]', "not an object"),
        (b"Marshwillow", "not JSON"),
        (b'{"id": 1, "text": "Marshwillow \xff"}', "not UTF-8"),
        (b'{"id": 1, "text": "Marshwillow \\ud83d"}', "half a surrogate pair"),
    ],
)
def test_a_bad_line_is_told_by_number_and_reason_and_never_quoted(tmp_path, capsys, line, reason):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b'{"id": 0, "text": "They never rang me back."}\n\n' + line + b"\n")
    with pytest.raises(CommandError) as failed:
        call_command("tag_file", str(source), str(target))
    said = capsys.readouterr().err
    assert f"line 3: {reason}" in said
    assert str(failed.value) == f"1 of the lines could not be used; the others are in {target}."
    assert SECRET not in said + str(failed.value) + target.read_text()
    assert [json.loads(written)["id"] for written in target.read_text().splitlines()] == [0]


def test_an_empty_file_gives_an_empty_file(tmp_path):
    (tmp_path / "in.jsonl").write_text("\n \n")
    call_command("tag_file", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"))
    assert (tmp_path / "out.jsonl").read_text() == ""


@pytest.mark.parametrize("identity", ["a", "", 0, -3, "ünï"])
def test_an_id_comes_back_as_it_came(identity):
    assert tagged([Line(1, identity, "The bus was blue.")])[0] == {"id": identity, "themes": []}


def test_two_statements_give_two_entries_each_with_its_own_words():
    text = "😀 They never rang me back. Later on they kept me updated."
    found = tagged([Line(1, 1, text)])[0]["themes"]
    assert [entry["valence"] for entry in found] == ["problem", "praise"]
    assert all(text[entry["start"] : entry["end"]] == entry["text"] for entry in found)


# ---- import_roundtable ---------------------------------------------------------------------------------------------------


def historic(path, **options):
    call_command("import_roundtable", str(path), **({"title": "T", "date": "2020-03-04", "historic": True} | options))


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\xff", 1), (b"one\n\xff", 2), (b"one\ntwo \xe2\x82", 2), (b"one\r\ntwo\r\n\xff\n\xff", 3)],
)
def test_what_is_not_utf_8_is_told_by_its_line(content, line):
    with pytest.raises(NotReadable) as refused:
        decoded(content)
    assert str(refused.value) == f"The file is not UTF-8 text (see line {line}). Save it as UTF-8 and try again."
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("content", [b"", b" ", b"\n\t\r\n"])
def test_an_empty_record_is_refused_with_what_to_do(content):
    with pytest.raises(NotReadable, match=r"^The file is empty\. Give the plain text of the record\.$"):
        decoded(content)


@pytest.mark.parametrize("day", ["yesterday", "2020-02-30", "04-03-2020", "2020/03/04"])
def test_a_day_that_is_none_is_refused_before_the_file_is_opened(tmp_path, day):
    with pytest.raises(CommandError, match="written as YYYY-MM-DD, such as 2020-03-04"):
        historic(tmp_path / "missing.txt", date=day)


def test_tomorrow_is_refused_and_today_is_not(tmp_path):
    today = timezone.localdate()
    with pytest.raises(CommandError, match="lies in the future"):
        historic(tmp_path / "missing.txt", date=str(today + datetime.timedelta(days=1)))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        historic(tmp_path / "missing.txt", date=str(today))


@pytest.mark.django_db
def test_a_refused_file_is_not_quoted_and_leaves_nothing(tmp_path):
    (tmp_path / "notes.txt").write_bytes(f"{SECRET} came\n".encode() + b"\xff")
    with pytest.raises(CommandError) as refused:
        historic(tmp_path / "notes.txt")
    assert SECRET not in str(refused.value)
    assert not Roundtable.objects.exists()


@pytest.mark.django_db
def test_a_record_of_markup_only_says_nothing():
    with pytest.raises(NothingSaid):
        import_historic(b"<ul></ul>\n***\n", title="T", held_on=HELD)
    assert not HistoricTag.objects.exists()


@pytest.mark.django_db
def test_progress_counts_each_part_that_is_tagged_once():
    steps = []
    text = "Nobody called me back for six weeks.\n\n“The police never called me back”\n"
    done = import_historic(text.encode(), title="T", held_on=HELD, progress=lambda at, of: steps.append((at, of)))
    assert steps == [(number + 1, len(steps)) for number in range(len(steps))]
    assert len(steps) == done.parts["body"] + done.parts["quotation"] == 2
    assert done.without_theme == 0


# ---- sweep ---------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("again", "is_said"), [(False, False), (True, True)])
def test_a_sweep_of_nothing_says_so_and_speaks_of_published_records_only_again(keys, capsys, again, is_said):
    call_command("sweep", again=again, verbosity=0)
    said = capsys.readouterr()
    assert "Read 0 sealed texts and 0 reviewed passages." in said.out
    assert ("Tagged 0 parts of published records again." in said.out) is is_said
    assert "Left out" not in said.out
    assert said.err == ""


# ---- the written examples ------------------------------------------------------------------------------------------------

GOOD = {"text": "A made-up line.", "valence": "problem", "voice": "terse"}


def written(**changes):
    entry = {key: value for key, value in (GOOD | changes).items() if value is not None}
    return {"fictional": True, "delay": [entry]}


def test_a_good_example_carries_its_own_theme_first():
    (example,) = parse_examples("x.yaml", written(also=["communication"]), load())
    assert (example.themes, example.valence, example.voice) == (("delay", "communication"), "problem", "terse")
    assert "made-up" not in repr(example)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": None}, "example 1 lacks the key “text”"),
        ({"text": "  "}, "has no text"),
        ({"text": 7}, "has no text"),
        ({"valence": "good"}, "names “good”, which is not a valence"),
        ({"voice": "loud"}, "names “loud”, which is not a voice"),
        ({"also": "communication"}, "“also” must be a list of themes"),
        ({"also": ["peace"]}, "names “peace”, which is not a theme"),
        ({"also": ["delay"]}, "names a theme twice"),
        ({"colour": "red"}, "has the unknown key “colour”"),
    ],
)
def test_a_bad_example_is_refused_saying_where(changes, says):
    with pytest.raises(CodebookInvalid, match=says) as refused:
        parse_examples("x.yaml", written(**changes), load())
    assert str(refused.value).startswith("x.yaml, “delay”, example 1")


@pytest.mark.parametrize("head", [{}, {"fictional": False}, {"fictional": "yes"}])
def test_examples_that_do_not_say_they_are_fictional_are_refused(head):
    with pytest.raises(CodebookInvalid, match=r"^x\.yaml must say “fictional: true” at its head\.$"):
        parse_examples("x.yaml", head | {"delay": [GOOD]}, load())
