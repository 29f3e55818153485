"""The codebook is data, read strictly."""

import copy
import importlib.resources
import subprocess
import sys

import pytest
import yaml

from analysis.codebook import CodebookInvalid, load, parse

DATA = importlib.resources.files("analysis.codebook") / "data"


def read(name):
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@pytest.fixture
def documents():
    folders = {
        folder: {path.name: read(f"{folder}/{path.name}") for path in (DATA / folder).iterdir()}
        for folder in ("themes", "patterns")
    }
    files = {name: read(f"{name}.yaml") for name in ("words", "asks", "taxonomies")}
    return {"head": read("codebook.yaml"), **folders, **files}


def test_it_holds_the_sixty_five_themes_and_the_thirteen_findings_in_order():
    codebook = load()
    assert len(codebook.themes) == 65
    assert [theme.number for theme in codebook.core()] == list(range(1, 14))
    assert codebook.core()[0].slug == "consistency"
    assert codebook.core()[-1].slug == "safe-escort"


def test_every_theme_says_what_it_is_and_all_but_the_last_resort_have_patterns():
    bare = [theme.slug for theme in load().themes if theme.patterns == type(theme.patterns)()]
    assert bare == ["other-new"]
    assert all(theme.definition for theme in load().themes)


def test_what_people_asked_for_is_kept_whole():
    codebook = load()
    assert (len(codebook.asks), len(codebook.agency_points)) == (14, 16)
    assert codebook.asks[2].text == "Perpetrator, not victim, is made to change"


def test_equal_documents_have_an_equal_sha256_and_a_changed_pattern_another(documents):
    assert parse(**documents).sha256 == load().sha256
    documents["patterns"]["contact.yaml"]["consistency"]["problem"].append("another word")
    assert parse(**documents).sha256 != load().sha256


def test_a_theme_is_found_by_its_slug():
    assert load().theme("delay").parent == "system"
    with pytest.raises(KeyError):
        load().theme("no-such-theme")


def add_key(documents):
    documents["themes"]["contact.yaml"][0]["colour"] = "red"


def add_kind(documents):
    documents["patterns"]["contact.yaml"]["consistency"]["loud"] = ["x"]


def add_head_key(documents):
    documents["head"]["author"] = "somebody"


def drop_head_key(documents):
    del documents["head"]["version"]


def drop_definition(documents):
    del documents["themes"]["contact.yaml"][0]["definition"]


def repeat_theme(documents):
    documents["themes"]["contact.yaml"].append(copy.deepcopy(documents["themes"]["contact.yaml"][0]))


def misname_tier(documents):
    documents["themes"]["contact.yaml"][0]["tier"] = "corn"


def misname_right(documents):
    documents["themes"]["contact.yaml"][0]["rights"] = ["R99"]


def misname_roll_up(documents):
    documents["themes"]["contact.yaml"][2]["rolls_up_to"] = "comunication"


def misname_group(documents):
    documents["themes"]["elsewhere.yaml"] = documents["themes"].pop("contact.yaml")


def pattern_a_stranger(documents):
    documents["patterns"]["contact.yaml"]["consistancy"] = {"problem": ["x"]}


def pattern_twice(documents):
    documents["patterns"]["system.yaml"]["consistency"] = {"problem": ["x"]}


def ask_for_nothing_known(documents):
    documents["asks"]["asks"][0]["themes"] = ["peace"]


def leave_a_bare_no(documents):
    documents["words"]["nobody"].append(False)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (add_key, "unknown key “colour”"),
        (add_kind, "unknown key “loud”"),
        (add_head_key, "unknown key “author”"),
        (drop_head_key, "lacks the key “version”"),
        (drop_definition, "lacks the key “definition”"),
        (repeat_theme, "“consistency” is there twice"),
        (misname_tier, "“corn”, which is not a tier"),
        (misname_right, "“R99”, which is not one of the rights"),
        (misname_roll_up, "“comunication”, which is not a theme"),
        (misname_group, "“elsewhere”, which is not a group"),
        (pattern_a_stranger, "“consistancy”, which is not a theme"),
        (pattern_twice, "patterns in two places"),
        (ask_for_nothing_known, "“peace”, which is not a theme"),
        (leave_a_bare_no, "does not read as text"),
    ],
)
def test_a_spoilt_codebook_is_refused_saying_where(documents, spoil, says):
    spoil(documents)
    with pytest.raises(CodebookInvalid, match=says):
        parse(**documents)


def test_the_codebook_and_the_method_load_without_django():
    code = "import sys, analysis.codebook, analysis.pipeline; print('django' in sys.modules, 'sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_codebook_alone_loads_no_language_tools():
    code = "import sys, analysis.codebook; print('spacy' in sys.modules, 'wordfreq' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
