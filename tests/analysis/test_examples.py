"""The written examples are read strictly, enough, varied and no two alike."""

import re
from collections import Counter
from dataclasses import FrozenInstanceError
from functools import cache

import pytest
import yaml

from analysis.codebook import CodebookInvalid, load
from analysis.codebook.examples import FOLDER, VOICES, examples, parse

CORE = [theme.slug for theme in load().core()]
FURTHER = [theme.slug for theme in load().themes if theme.number is None]
LEAST_CORE, LEAST_FURTHER, LEAST_NONE, LEAST_LOOKALIKES = 40, 12, 300, 6
RUN = 5
CUE_SHARE = 0.3
WORDS = (3, 60)


@cache
def document(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def there(name):
    return pytest.mark.skipif(not (FOLDER / name).is_file(), reason=f"{name} is not written yet")


def carrying(slug):
    return [example for example in examples() if slug in example.themes]


def words(text):
    return re.findall(r"[\w'’]+", text.lower())


def runs(text):
    said = words(text)
    return {tuple(said[start : start + RUN]) for start in range(len(said) - RUN + 1)}


def plain(text):
    return f" {' '.join(words(text))} "


@there("core.yaml")
@pytest.mark.parametrize("slug", CORE)
def test_each_core_theme_has_forty_statements_written_for_it(slug):
    assert len(document("core.yaml")[slug]) >= LEAST_CORE


@there("further.yaml")
@pytest.mark.parametrize("slug", FURTHER)
def test_each_further_theme_has_twelve_statements_written_for_it(slug):
    assert len(document("further.yaml")[slug]) >= LEAST_FURTHER


@there("none.yaml")
def test_three_hundred_statements_carry_no_theme():
    assert len([example for example in examples() if not example.themes]) >= LEAST_NONE


@there("core.yaml")
@pytest.mark.parametrize("slug", CORE)
def test_each_core_theme_is_praised_regretted_and_argued_over(slug):
    found = Counter(entry["valence"] for entry in document("core.yaml")[slug])
    assert found["problem"] >= 15
    assert found["praise"] >= 8
    assert found["suggestion"] >= 4
    assert found["mixed"] >= 3


@there("core.yaml")
@pytest.mark.parametrize("slug", CORE)
def test_each_core_theme_is_said_in_every_voice(slug):
    found = Counter(entry["voice"] for entry in document("core.yaml")[slug])
    assert [voice for voice in VOICES if found[voice] < 2] == []
    assert max(found.values()) <= len(document("core.yaml")[slug]) / 2


@there("further.yaml")
@pytest.mark.parametrize("slug", FURTHER)
def test_each_further_theme_is_said_in_several_voices_and_valences(slug):
    entries = document("further.yaml")[slug]
    assert len({entry["voice"] for entry in entries}) >= 5
    assert len({entry["valence"] for entry in entries}) >= 2


@there("core.yaml")
@pytest.mark.parametrize("slug", CORE)
def test_each_core_theme_has_statements_that_only_look_like_it(slug):
    lookalikes = document("core.yaml")["hard_negatives"][slug]
    assert len(lookalikes) >= LEAST_LOOKALIKES
    assert any(entry["themes"] for entry in lookalikes)
    assert any(not entry["themes"] for entry in lookalikes)


def test_no_two_statements_share_a_run_of_five_words():
    first: dict[tuple[str, ...], int] = {}
    shared = []
    for number, example in enumerate(examples()):
        for run in sorted(runs(example.text)):
            if first.setdefault(run, number) != number:
                shared.append(" ".join(run))
    assert shared == []


def test_no_statement_is_there_twice():
    said = Counter(plain(example.text) for example in examples())
    assert [text for text, times in said.items() if times > 1] == []


@pytest.mark.parametrize("theme", load().themes, ids=lambda theme: theme.slug)
def test_a_cue_stands_word_for_word_in_few_of_the_statements(theme):
    texts = [plain(example.text) for example in carrying(theme.slug)]
    often = [cue for cue in theme.cues if sum(plain(cue) in text for text in texts) > CUE_SHARE * len(texts)]
    assert often == []


def test_statements_are_as_long_as_people_write():
    least, most = WORDS
    assert [words(example.text) for example in examples() if not least <= len(words(example.text)) <= most] == []


def test_the_files_give_each_statement_once_in_a_settled_order():
    read = [parse(entry.name, document(entry.name), load()) for entry in sorted(FOLDER.iterdir(), key=lambda e: e.name)]
    assert examples() == tuple(example for each in read for example in each)


def entry(**changes):
    return {"text": "Nobody rang me.", "valence": "problem", "voice": "terse", **changes}


def small(*entries, **more):
    return {"fictional": True, "communication": list(entries), **more}


def test_the_theme_it_was_written_for_comes_first():
    (example,) = parse("x.yaml", small(entry(also=["delay"])), load())
    assert example.themes == ("communication", "delay")
    assert (example.text, example.valence, example.voice) == ("Nobody rang me.", "problem", "terse")


def test_a_hard_negative_carries_its_own_themes_or_none():
    lookalikes = {"communication": [entry(themes=["delay"]), entry(themes=[])]}
    read = parse("x.yaml", small(hard_negatives=lookalikes), load())
    assert [example.themes for example in read] == [("delay",), ()]


def test_a_list_holds_statements_without_a_theme():
    (example,) = parse("x.yaml", [{"text": "The bus was late.", "voice": "plain"}], load())
    assert (example.themes, example.valence) == ((), "neutral")


def test_an_example_is_frozen_and_its_words_stay_out_of_its_repr():
    (example,) = parse("x.yaml", small(entry()), load())
    assert "rang" not in repr(example)
    with pytest.raises(FrozenInstanceError):
        example.voice = "plain"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"communication": [entry()]}, "must say “fictional: true”"),
        ({"fictional": False, "communication": [entry()]}, "must say “fictional: true”"),
        ("words", "must say “fictional: true”"),
        (small(entry(), gossip=[entry()]), "x.yaml names “gossip”, which is not a theme"),
        (small(entry(), entry(colour="red")), "x.yaml, “communication”, example 2 has the unknown key “colour”"),
        (small({"text": "Nobody rang.", "voice": "terse"}), "example 1 lacks the key “valence”"),
        (small(entry(valence="cross")), "names “cross”, which is not a valence"),
        (small(entry(voice="whispered")), "names “whispered”, which is not a voice"),
        (small(entry(voice=["terse"])), "which is not a voice"),
        (small(entry(also=["gossip"])), "names “gossip”, which is not a theme"),
        (small(entry(also="delay")), "“also” must be a list of themes"),
        (small(entry(also=["communication"])), "names a theme twice"),
        (small(entry(text="  ")), "has no text"),
        (small(entry(text=101)), "has no text"),
        (small("Nobody rang me."), "must be a mapping"),
        ({"fictional": True, "communication": entry()}, "must be a list of examples"),
        (small(hard_negatives=[entry()]), "must be lists of examples by theme"),
        (small(hard_negatives={"communication": [entry()]}), "lacks the key “themes”"),
        (small(hard_negatives={"communication": [entry(themes=["communication"])]}), "cannot carry it"),
        ([{"text": "The bus was late.", "voice": "plain", "valence": "problem"}], "unknown key “valence”"),
    ],
)
def test_what_it_does_not_know_it_refuses_and_says_where(wrong, says):
    with pytest.raises(CodebookInvalid, match=re.escape(says)):
        parse("x.yaml", wrong, load())
