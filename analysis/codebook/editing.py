"""Changes to a codebook: documents in, documents out. Merging and splitting keep the years comparable.

A merged theme's slug leads from then on to the theme it went into. A split theme stays, and its parts roll up to it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from analysis.codebook.documents import Documents, Entry
from analysis.codebook.read import LISTS, CodebookInvalid
from analysis.codebook.theme import Patterns

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 64
KINDS = tuple(kind.name for kind in fields(Patterns))
TEXTS = ("name", "tier", "definition", "include", "exclude", "rolls_up_to")


def entry_of(documents: Documents, slug: str) -> Entry:
    """One theme as a form shows it: its texts and lists, its `parent`, and its `patterns` by kind.

    Raises:
        CodebookInvalid: if there is no such theme.
    """
    for file, entries in documents.themes.items():
        for entry in entries:
            if entry["slug"] == slug:
                patterns = documents.patterns.get(file, {}).get(slug, {})
                return {**entry, "parent": file.removesuffix(".yaml"), "patterns": dict(patterns)}
    raise CodebookInvalid(f"There is no theme “{slug}”.")


def with_theme(documents: Documents, entry: Entry) -> Documents:
    """The documents with this theme, in the shape of `entry_of`, in the place of the one with its slug, or added.

    Raises:
        CodebookInvalid: if the slug cannot be one, belonged to a merged theme, or the theme is wrong.
    """
    slug = entry["slug"]
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise CodebookInvalid("The short name may have small letters, digits and single hyphens only, 64 at most.")
    file = f"{entry['parent']}.yaml"
    slugs = [other["slug"] for other in documents.themes.get(file, ())]
    at = slugs.index(slug) if slug in slugs else len(slugs)
    rest = _without(documents, {slug})
    # A group without a theme yet has no file: this one begins it.
    themes = {**rest.themes, file: list(rest.themes.get(file, ()))}
    themes[file].insert(at, _written(entry))
    patterns = {**rest.patterns, file: dict(rest.patterns.get(file, {}))}
    said = {kind: list(entry["patterns"][kind]) for kind in KINDS if entry["patterns"].get(kind)}
    if said:
        patterns[file] = {**patterns[file], slug: said}
    return _sound(replace(rest, themes=themes, patterns=patterns))


def merged(documents: Documents, slugs: Sequence[str], *, into: str) -> Documents:
    """The documents with these themes merged into another, which takes over their cues, patterns and mappings.

    Raises:
        CodebookInvalid: if a theme is unknown, is one of the numbered findings, or is the one it would go into.
    """
    kept = entry_of(documents, into)
    going = [entry_of(documents, slug) for slug in dict.fromkeys(slugs)]
    if not going or into in slugs:
        raise CodebookInvalid("Choose at least one theme to merge, and another one for it to go into.")
    numbered = [entry["name"] for entry in going if entry.get("number")]
    if numbered:
        raise CodebookInvalid(
            f"“{numbered[0]}” is a numbered finding of the 2020 review and has to stay. Merge into it."
        )
    for entry in going:
        for name in LISTS:
            kept[name] = [*dict.fromkeys([*kept.get(name, ()), *entry.get(name, ())])]
        for kind in KINDS:
            lists = [*kept["patterns"].get(kind, ()), *entry["patterns"].get(kind, ())]
            kept["patterns"][kind] = [*dict.fromkeys(lists)]
    gone = {entry["slug"] for entry in going}
    if kept.get("rolls_up_to") in gone:
        del kept["rolls_up_to"]
    moves = {old: into if new in gone else new for old, new in documents.moves.items()}
    moves |= dict.fromkeys(sorted(gone), into)
    # The theme that stays is put right once nothing points to the others any more.
    rest = replace(_pointed(_without(documents, gone), moves), moves=moves)
    return with_theme(rest, kept)


def split(documents: Documents, slug: str, parts: Sequence[Entry]) -> Documents:
    """The documents with new themes that divide one between them: it stays, and they roll up to it.

    Raises:
        CodebookInvalid: if there are fewer than two parts, or a part's slug is taken.
    """
    whole = entry_of(documents, slug)
    taken = {entry["slug"] for entries in documents.themes.values() for entry in entries}
    if len(parts) < 2 or len({part["slug"] for part in parts}) < len(parts):
        raise CodebookInvalid("Name at least two parts, each with a short name of its own.")
    for part in parts:
        if part["slug"] in taken:
            raise CodebookInvalid(f"There is a theme “{part['slug']}” already. Give the part another short name.")
        shared = {name: whole.get(name, []) for name in LISTS if name != "cues"}
        tier = {"tier": whole["tier"], "parent": whole["parent"], "patterns": {}, "rolls_up_to": slug}
        documents = with_theme(documents, {**shared, **tier, **part})
    return documents


def changes(before: Documents, after: Documents) -> Iterator[tuple[str, str, list[tuple[str, Any, Any]]]]:
    """What differs, theme by theme: its slug, "added", "removed", "merged" or "changed", and each (field, old, new)."""
    old, new = _entries(before), _entries(after)
    for slug in [*old, *(slug for slug in new if slug not in old)]:
        differing = [
            (name, old.get(slug, {}).get(name), new.get(slug, {}).get(name))
            for name in ("parent", *TEXTS, *LISTS, *KINDS)
            if _said(old.get(slug, {}).get(name)) != _said(new.get(slug, {}).get(name))
        ]
        if slug not in new:
            yield (
                slug,
                "merged" if slug in after.moves else "removed",
                [("name", old[slug]["name"], after.moves.get(slug))],
            )
        elif differing:
            yield slug, "changed" if slug in old else "added", differing


def other_parts(before: Documents, after: Documents) -> list[str]:
    """Which parts beside the themes differ: lists of words, groups, what people asked for, taxonomies."""
    names = {"head": "groups, synonyms and sources", "words": "word lists", "asks": "what people asked for"}
    names["taxonomies"] = "rights, pillars, boards and facts"
    pairs = [(name, _plain(getattr(before, name)), _plain(getattr(after, name))) for name in names]
    return [names[name] for name, old, new in pairs if old != new]


def _said(value: Any) -> Any:
    """A value as it is compared: the order of a list says nothing, and an empty one says what none says."""
    return sorted(value) if isinstance(value, list | tuple) and value else value or None


def _plain(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != "version"}


def _entries(documents: Documents) -> dict[str, Entry]:
    found = (entry_of(documents, entry["slug"]) for entries in documents.themes.values() for entry in entries)
    return {entry["slug"]: {**entry, **entry["patterns"]} for entry in found}


def _written(entry: Entry) -> Entry:
    """A theme as its file holds it: nothing that is empty, and neither group nor patterns."""
    names = ("slug", "number", *TEXTS, *LISTS)
    return {name: entry[name] for name in names if entry.get(name) not in (None, "", [], ())}


def _without(documents: Documents, gone: set[str]) -> Documents:
    themes = {
        name: [entry for entry in entries if entry["slug"] not in gone] for name, entries in documents.themes.items()
    }
    patterns = {
        name: {slug: said for slug, said in lists.items() if slug not in gone}
        for name, lists in documents.patterns.items()
    }
    return replace(documents, themes=themes, patterns=patterns)


def _pointed(documents: Documents, moves: Mapping[str, str]) -> Documents:
    """The documents with every mention of a merged theme leading to the one it went into."""

    def now(slugs: Iterable[str]) -> list[str]:
        return [*dict.fromkeys(moves.get(slug, slug) for slug in slugs)]

    asks = {
        name: [{**voice, "themes": now(voice["themes"])} for voice in voices] for name, voices in documents.asks.items()
    }
    themes = {
        name: [
            {**entry, "rolls_up_to": moves.get(entry["rolls_up_to"], entry["rolls_up_to"])}
            if entry.get("rolls_up_to")
            else entry
            for entry in entries
        ]
        for name, entries in documents.themes.items()
    }
    return replace(documents, asks=asks, themes=themes)


def _sound(documents: Documents) -> Documents:
    documents.read()
    return documents
