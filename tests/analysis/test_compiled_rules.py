"""Rules compiled from a small made-up codebook: what they need, how far they reach, and what is spelt or said alike."""

from dataclasses import replace

import pytest

from analysis.codebook import Codebook, Patterns, Theme, load
from analysis.pipeline import analyse, lexicon
from analysis.pipeline.phrases import PatternInvalid
from analysis.pipeline.rules import NEAR, compile_rules
from analysis.pipeline.tokens import tokens, words


def theme(slug="weather", *, cues=(), **patterns):
    return Theme(slug, slug, "core", "contact", "Made up.", cues=cues, patterns=Patterns(**patterns))


def book(*themes, synonyms=None, lists=None):
    """A codebook of these themes; its sha256 is that of its content, as the compiler's cache expects."""
    content = repr((themes, [one.patterns.__dict__ for one in themes], synonyms, lists))
    return Codebook("1", content, themes, ("problem",), {"contact": "Contact"}, synonyms or {}, lists or {}, (), (), {})


def hits(text, codebook, breaks=frozenset()):
    rules = compile_rules(codebook)
    read = words(tokens(text), set(breaks), spell=rules.spell, synonyms=rules.synonyms)
    return [(hit.theme, hit.kind, hit.first, hit.last) for hit in rules.hits(read.line, read.numbers())]


# ---- one pattern ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["problem", "praise", "suggestion", "mention", "unless"])
def test_a_match_says_which_words_and_which_list_of_patterns(kind):
    assert hits("we saw heavy snow today", book(theme(**{kind: ("heavy snow",)}))) == [("weather", kind, 2, 3)]


@pytest.mark.parametrize("text", ["", "snow heavy", "heavy", "snow", "heavysnow", "heavy wet snow", "heavy snows"])
def test_what_a_pattern_does_not_say_is_no_match(text):
    assert hits(text, book(theme(problem=("heavy snow",)))) == []


def test_every_place_is_found():
    found = hits("snow and then snow", book(theme(problem=("snow",))))
    assert [(first, last) for _, _, first, last in found] == [(0, 0), (3, 3)]


def test_a_pattern_that_cannot_be_read_stops_the_compiler_and_is_shown():
    with pytest.raises(PatternInvalid, match=r"“snow \(”"):
        compile_rules(book(theme(problem=("snow (",))))


def test_a_cue_is_a_mention_of_its_telling_words_in_any_form():
    codebook = book(theme(cues=("it was snowing on my roof",)))
    assert hits("snowed the whole roof", codebook) == []
    assert hits("snowing over roof", codebook) == [("weather", "mention", 0, 2)]


# ---- two parts -----------------------------------------------------------------------------------------------------------

PAIR = book(theme(problem=("snow & ice",)))


@pytest.mark.parametrize(("between", "is_found"), [(0, True), (NEAR - 3, True), (NEAR - 2, True), (NEAR - 1, False)])
def test_two_parts_must_stand_within_a_dozen_words_themselves_counted(between, is_found):
    text = " ".join(["snow", *["then"] * between, "ice"])
    assert bool(hits(text, PAIR)) is is_found


def test_two_parts_match_in_either_order():
    assert hits("ice then snow", PAIR) == hits("snow then ice", PAIR) == [("weather", "problem", 0, 2)]


def test_two_parts_do_not_match_over_two_statements():
    assert hits("snow then ice", PAIR, breaks={0, 10}) == []


@pytest.mark.parametrize("text", ["snow", "ice", "snow snow"])
def test_one_part_alone_is_no_match(text):
    assert hits(text, PAIR) == []


def test_of_two_places_the_nearer_one_counts():
    assert hits("ice then then snow ice", PAIR) == [("weather", "problem", 3, 4)]


def test_a_nearer_place_in_another_statement_hides_none_in_the_same():
    assert hits("ice then then snow ice", PAIR, breaks={0, 19}) == [("weather", "problem", 0, 3)]


def test_parts_that_stand_apart_are_marked_scattered():
    rules = compile_rules(book(theme(problem=("snow & ice", "snow"))))
    read = words(tokens("snow then ice"), set())
    assert sorted((hit.last, hit.is_scattered) for hit in rules.hits(read.line, read.numbers())) == [
        (0, False),
        (2, True),
    ]


# ---- the index -----------------------------------------------------------------------------------------------------------


def test_a_rule_is_indexed_by_its_rarest_word():
    rules = compile_rules(book(theme(problem=("the umbrella",))))
    assert rules.rules[0].anchor == {"umbrella"}
    assert rules.rules[0].needs == (frozenset({"the"}),)
    assert rules.index == {"umbrella": (0,)}


def test_every_rule_of_the_shipped_codebook_can_be_reached_by_the_index():
    rules = compile_rules(load())
    reached = {number for numbers in rules.index.values() for number in numbers}
    assert reached == set(range(len(rules.rules)))
    assert all(number in rules.index[word] for number, rule in enumerate(rules.rules) for word in rule.anchor)


def test_rules_hide_the_codebooks_words_when_printed():
    assert "umbrella" not in repr(compile_rules(book(theme(problem=("umbrella",)))))


def test_an_equal_codebook_is_compiled_once_and_a_changed_one_anew():
    assert compile_rules(book(theme(problem=("hail",)))) is compile_rules(book(theme(problem=("hail",))))
    assert compile_rules(book(theme(problem=("hail",)))) is not compile_rules(book(theme(problem=("sleet",))))
    assert compile_rules(load()) is compile_rules(replace(load()))


# ---- made alike beforehand -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["the OMB", "the wet stick", "the Wet-Stick"])
def test_a_synonym_is_found_as_the_word_it_stands_for(text):
    codebook = book(theme(problem=("the umbrella",)), synonyms={"umbrella": ("OMB", "wet stick")})
    assert hits(text, codebook) == [("weather", "problem", 0, 1)]


@pytest.mark.parametrize(
    ("written", "is_found"),
    [("umbrella", True), ("umbrela", True), ("umbrellla", True), ("umbrlela", True), ("umb", False), ("umbral", False)],
)
def test_one_slip_in_a_long_word_is_put_right_and_no_more(written, is_found):
    assert bool(hits(f"the {written}", book(theme(problem=("the umbrella",))))) is is_found


@pytest.mark.parametrize("word", ["hai1", "snwo", "xnow", "sno"])
def test_short_words_are_left_as_written(word):
    assert lexicon.Speller(frozenset({"hail", "snow"}))(word) == word


@pytest.mark.parametrize(("written", "meant"), [("thundr", "thunder"), ("hunder", "hunder"), ("thunde7", "thunde7")])
def test_a_slip_keeps_its_first_letter_and_has_letters_only(written, meant):
    assert lexicon.Speller(frozenset({"thunder"}))(written) == meant


def test_of_two_words_as_near_the_commoner_is_meant():
    assert lexicon.share("station") > lexicon.share("stations")
    assert lexicon.Speller(frozenset({"station", "stations"}))("statioon") == "station"


@pytest.mark.parametrize(("common", "rare"), [("the", "umbrella"), ("police", "zzxqv"), ("umbrella", "zzxqv")])
def test_shares_order_words_by_how_common_they_are(common, rare):
    assert 0 < lexicon.share(rare) < lexicon.share(common) < 1


@pytest.mark.parametrize(
    ("word", "some"),
    [("call", {"call", "called", "calls"}), ("go", {"went", "gone"}), ("child", {"children"}), ("zzxqv", {"zzxqv"})],
)
def test_forms_begin_with_the_word_itself_and_hold_the_irregular_ones(word, some):
    found = lexicon.forms(word)
    assert found[0] == word
    assert some <= set(found)


# ---- evidence and withdrawal, on the made-up codebook --------------------------------------------------------------------


def spans(text, codebook):
    return [(tag.theme, tag.valence, text[tag.start : tag.end]) for tag in analyse(text, codebook).tags]


def test_an_unless_withdraws_the_theme_in_its_statement_only():
    codebook = book(theme(problem=("snow",), unless=("snow white",)))
    assert spans("Snow White came. Snow fell.", codebook) == [("weather", "problem", "Snow")]
    assert analyse("Snow White came. Snow fell.", codebook).tags[0].start == 17


def test_an_unless_of_one_theme_leaves_the_others():
    codebook = book(theme(problem=("snow",), unless=("white",)), theme("tales", mention=("snow white",)))
    assert spans("Snow White", codebook) == [("tales", "neutral", "Snow White")]


def test_evidence_is_what_tells_rather_than_what_mentions():
    codebook = book(theme(problem=("bad snow",), mention=("snow fell on us all",)))
    assert spans("bad snow fell on us all", codebook) == [("weather", "problem", "bad snow")]


def test_evidence_is_the_fullest_match_and_then_the_first():
    codebook = book(theme(problem=("snow", "heavy snow")))
    assert spans("snow, heavy snow, heavy snow", codebook) == [("weather", "problem", "heavy snow")]
    assert analyse("snow, heavy snow, heavy snow", codebook).tags[0].start == 6


@pytest.mark.parametrize(("between", "evidence_words"), [(10, 12), (11, 1)])
def test_evidence_of_more_than_a_dozen_words_gives_way_to_a_shorter_one(between, evidence_words):
    text = " ".join(["snow", *["then"] * between, "ice"])
    (tag,) = analyse(text, book(theme(problem=(text, "snow")))).tags
    assert len(text[tag.start : tag.end].split()) == evidence_words


def test_tags_come_in_the_order_of_their_words_and_then_of_their_themes():
    codebook = book(theme("b", problem=("snow",)), theme("a", problem=("snow",)), theme("c", problem=("ice",)))
    assert [tag.theme for tag in analyse("ice and snow", codebook).tags] == ["c", "a", "b"]
