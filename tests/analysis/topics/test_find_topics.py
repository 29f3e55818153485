"""The command over a file of statements. Everything said was made up."""

import json

import pytest
from django.core.management import CommandError, call_command

THINGS = ["interpreter", "parking", "letters", "waiting room"]
SAID = [
    "The {} was no help",
    "Nobody told us about the {}",
    "We asked twice for the {} to change",
    "The {} made it worse",
]
WHEN = [
    "on the first day",
    "at the court",
    "for my mother",
    "in the winter",
    "every week",
    "after the trial",
    "until June",
]


@pytest.fixture
def files(tmp_path, settings):
    settings.HEARD_MODELS_DIR = tmp_path / "models"
    return tmp_path / "in.jsonl", tmp_path / "out.json"


def usual():
    return [f"{said.format(thing)} {when}." for thing in THINGS for said in SAID for when in WHEN]


def write(path, texts):
    path.write_text("".join(json.dumps({"id": f"s{at}", "text": text}) + "\n" for at, text in enumerate(texts)))


def found(files, *more):
    call_command("find_topics", *map(str, files), *more)
    return json.loads(files[1].read_text())


def test_it_writes_the_topic_of_each_id_with_words_and_stability(files, capsys):
    write(files[0], [*usual(), "No comment", "THE PARKING WAS NO HELP at the court"])
    out = found(files, "--topics", "4")
    assert [line["id"] for line in out["assigned"]] == [f"s{at}" for at in range(114)]
    assert out["mode"] == "fixed number"
    assert out["tentative"]
    assert len(out["topics"]) == 4
    assert sum(topic["size"] for topic in out["topics"]) == out["statements"]["used"] == 112
    assert out["statements"] == {"read": 114, "used": 112, "left_out": {"said already": 1, "says nothing": 1}}
    assert all(0 <= topic["stability"] <= 1 for topic in out["topics"])
    of = {line["id"]: line["topic"] for line in out["assigned"]}
    first = usual().index("The parking was no help at the court.")
    assert of["s113"] == of[f"s{first}"] >= 0
    assert out["assigned"][112] == {"id": "s112", "topic": -1, "left_out": "says nothing"}
    said = capsys.readouterr()
    assert "4 topics in 112 statements" in said.out
    assert "Looking for topics" in said.err


def test_the_same_file_and_seed_give_the_same_bytes(files):
    write(files[0], usual())
    found(files, "--seed", "7")
    first = files[1].read_bytes()
    found(files, "--seed", "7")
    assert files[1].read_bytes() == first


def test_a_few_statements_are_too_few_and_none_at_all_is_no_failure(files):
    write(files[0], usual()[:12])
    out = found(files)
    assert (out["mode"], out["topics"]) == ("too few", [])
    assert out["note"].startswith("Too few statements")
    write(files[0], ["none", "n/a"])
    assert found(files)["statements"]["used"] == 0


def test_bad_lines_are_told_by_number_never_by_word_and_the_others_used(files, capsys):
    bad = [
        b"my secret",
        b'{"id": 1}',
        b'{"id": 2, "text": 4}',
        b"[]",
        b"\xff\xfe",
        b'{"id": true, "text": "my secret"}',
    ]
    write(files[0], usual())
    files[0].write_bytes(files[0].read_bytes() + b"\n".join(bad) + b'\n{"text": "The bus was late"}\n')
    out = found(files)
    err = capsys.readouterr().err
    assert [f"line {number}: " in err for number in range(113, 119)] == [True] * 6
    assert "secret" not in err
    assert out["assigned"][-1]["id"] == 119


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--topics", "1"], "There can be 2 to 112 topics"),
        (["--topics", "900"], "There can be 2 to 112 topics"),
        (["--seed", "-1"], "The seed is a whole number"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(files, more, sentence):
    write(files[0], usual())
    with pytest.raises(CommandError, match=sentence):
        found(files, *more)
    assert not files[1].exists()


def test_a_file_that_is_not_there_is_named(files):
    with pytest.raises(CommandError, match=r"in\.jsonl: No such file"):
        found(files)
