"""Changing a codebook: documents in, documents out. Every theme named here is the project's own or made up."""

import pytest

from analysis.codebook import CodebookInvalid, load
from analysis.codebook.documents import Documents, from_text, from_yaml, to_yaml
from analysis.codebook.editing import changes, entry_of, merged, other_parts, split, with_theme
from analysis.codebook.read import shipped

NEW = {
    "slug": "lost-property",
    "name": "Lost property",
    "tier": "review",
    "definition": "Things taken as evidence that did not come back.",
    "cues": ["never got my phone back"],
    "parent": "contact",
    "patterns": {"problem": ["never .. (got|had) .. back"]},
}


@pytest.fixture(scope="module")
def documents():
    return Documents(**shipped())


def themes(documents):
    return [theme.slug for theme in documents.read().themes]


def test_text_and_yaml_give_the_same_documents_back_in_the_same_order(documents):
    for copy in (from_text(documents.as_text()), from_yaml(to_yaml(documents))):
        assert copy.read().sha256 == load().sha256
        assert themes(copy) == [theme.slug for theme in load().themes]


def test_a_changed_theme_stays_where_it_was_with_its_patterns(documents):
    entry = entry_of(documents, "communication")
    changed = with_theme(documents, {**entry, "definition": "Being told, and in time."})
    assert themes(changed) == themes(documents)
    assert changed.read().theme("communication").definition == "Being told, and in time."
    assert changed.read().theme("communication").patterns == load().theme("communication").patterns
    assert [(slug, kind) for slug, kind, _ in changes(documents, changed)] == [("communication", "changed")]


def test_the_order_of_rights_or_cues_is_no_difference(documents):
    entry = entry_of(documents, "officer-gender-choice")
    turned = {**entry, "rights": entry["rights"][::-1], "cues": entry["cues"][::-1], "boards": entry["boards"][::-1]}
    assert list(changes(documents, with_theme(documents, turned))) == []


def test_a_theme_can_move_to_another_group_and_keeps_its_patterns(documents):
    moved = with_theme(documents, {**entry_of(documents, "communication"), "parent": "support"})
    assert moved.read().theme("communication").parent == "support"
    assert moved.read().theme("communication").patterns == load().theme("communication").patterns
    assert themes(moved).count("communication") == 1


def test_a_new_theme_is_added_with_its_cues_and_patterns(documents):
    added = with_theme(documents, NEW).read().theme("lost-property")
    assert (added.parent, added.patterns.problem) == ("contact", ("never .. (got|had) .. back",))
    assert len(themes(with_theme(documents, NEW))) == len(themes(documents)) + 1


def test_nothing_given_to_an_edit_is_changed_by_it(documents):
    before = documents.as_text()
    with_theme(documents, NEW)
    merged(documents, ["by-and-for"], into="language-interpreting")
    assert documents.as_text() == before


@pytest.mark.parametrize("slug", ["Lost Property", "", "lost--property", "x" * 65, "verloren-gêr"])
def test_a_short_name_that_cannot_be_one_is_refused(documents, slug):
    with pytest.raises(CodebookInvalid, match="short name"):
        with_theme(documents, {**NEW, "slug": slug})


def test_a_theme_that_points_nowhere_is_refused(documents):
    with pytest.raises(CodebookInvalid, match="R99"):
        with_theme(documents, {**NEW, "rights": ["R99"]})


def test_merging_moves_cues_patterns_and_every_mention(documents):
    done = merged(documents, ["by-and-for"], into="support-availability")
    book = done.read()
    assert "by-and-for" not in themes(done)
    assert book.now("by-and-for") == "support-availability"
    assert set(load().theme("by-and-for").cues) <= set(book.theme("support-availability").cues)
    assert set(load().theme("by-and-for").patterns.problem) <= set(book.theme("support-availability").patterns.problem)
    named = {slug for voice in (*book.asks, *book.agency_points) for slug in voice.themes}
    assert "by-and-for" not in named
    assert ("by-and-for", "merged") in [(slug, kind) for slug, kind, _ in changes(documents, done)]


def test_merges_follow_each_other_to_where_the_words_are_counted_now(documents):
    once = merged(documents, ["by-and-for"], into="support-availability")
    twice = merged(once, ["support-availability"], into="lost-property") if "lost-property" in themes(once) else None
    assert twice is None
    twice = merged(with_theme(once, NEW), ["lost-property"], into="communication")
    thrice = merged(twice, ["support-availability"], into="communication")
    assert [thrice.read().now(slug) for slug in ("by-and-for", "support-availability", "lost-property")] == [
        "communication"
    ] * 3


def test_a_merged_theme_can_never_come_back_under_its_short_name(documents):
    done = merged(documents, ["by-and-for"], into="support-availability")
    with pytest.raises(CodebookInvalid, match="was merged"):
        with_theme(done, {**NEW, "slug": "by-and-for"})


def test_a_finding_of_the_review_cannot_be_merged_away(documents):
    with pytest.raises(CodebookInvalid, match="2020 review"):
        merged(documents, ["communication"], into="by-and-for")


@pytest.mark.parametrize("slugs", [[], ["by-and-for"], ["nowhere"]])
def test_a_merge_of_nothing_itself_or_the_unknown_is_refused(documents, slugs):
    with pytest.raises(CodebookInvalid):
        merged(documents, slugs, into="by-and-for")


def test_the_parts_of_a_split_theme_roll_up_to_it_and_share_its_mappings(documents):
    parts = [{"slug": f"by-{part}", "name": part, "definition": f"About {part}."} for part in ("language", "faith")]
    book = split(documents, "by-and-for", parts).read()
    assert [book.theme(part["slug"]).rolls_up_to for part in parts] == ["by-and-for"] * 2
    assert book.theme("by-faith").rights == load().theme("by-and-for").rights
    assert book.theme("by-and-for").patterns == load().theme("by-and-for").patterns


@pytest.mark.parametrize("slugs", [["one"], ["one", "one"], ["one", "communication"]])
def test_a_split_into_one_or_into_what_exists_is_refused(documents, slugs):
    parts = [{"slug": slug, "name": slug, "definition": "Made up."} for slug in slugs]
    with pytest.raises(CodebookInvalid):
        split(documents, "by-and-for", parts)


def test_other_parts_that_differ_are_named_and_a_new_version_number_is_no_difference(documents):
    assert other_parts(documents, documents.with_version("9.9")) == []
    data = {**documents.words, "good": [*documents.words["good"], "smashing"]}
    assert other_parts(documents, Documents(**{**shipped(), "words": data})) == ["word lists"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("head: [", "line 1"),
        ("- a\n- b", "not a codebook"),
        ("head: {}\nwhat: {}", "unknown part “what”"),
        ("head: {}", "lacks the part"),
        ("a\x00b", "plain UTF-8"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_in_a_sentence(text, said):
    with pytest.raises(CodebookInvalid, match=said):
        from_yaml(text)


def test_a_file_with_parts_of_another_shape_is_refused_in_a_sentence(documents):
    data = to_yaml(documents).replace("valences:", "valences: 3\nodd:", 1)
    with pytest.raises(CodebookInvalid):
        from_yaml(data)
