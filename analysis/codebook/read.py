"""Reads a codebook from its YAML files, or from the same documents held elsewhere; refuses what it does not know."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from analysis.codebook.theme import Codebook, Patterns, Theme, Voice

DATA = resources.files("analysis.codebook") / "data"
HEAD_KEYS = {"version", "language", "sources", "tiers", "valences", "synonyms", "groups"}
LISTS = ("cues", "rights", "pillars", "boards")


class CodebookInvalid(ValueError):
    """A codebook says something it must not, or leaves out something it must say; the message names which."""


@cache
def load() -> Codebook:
    """The codebook shipped with the project. Raises CodebookInvalid, saying where, if its files are wrong."""
    return parse(**shipped())


def shipped() -> dict[str, Any]:
    """The shipped documents by the names `parse` gives them, read from their files each time."""
    return {
        "head": _document("codebook.yaml"),
        "themes": {name: _document(f"themes/{name}") for name in _names("themes")},
        "patterns": {name: _document(f"patterns/{name}") for name in _names("patterns")},
        "words": _document("words.yaml"),
        "asks": _document("asks.yaml"),
        "taxonomies": _document("taxonomies.yaml"),
    }


def parse(  # noqa: PLR0913 - one for each document
    *,
    head: Mapping[str, Any],
    themes: Mapping[str, list[dict[str, Any]]],
    patterns: Mapping[str, Mapping[str, Any]],
    words: Mapping[str, list[str]],
    asks: Mapping[str, list[dict[str, Any]]],
    taxonomies: Mapping[str, list[Any]],
    moves: Mapping[str, str] = MappingProxyType({}),
) -> Codebook:
    """A codebook from its documents. Raises CodebookInvalid if a key is unknown, missing or points nowhere.

    `moves` says, for each theme of an earlier version that was merged, under which theme it is counted now.
    """
    _only_keys(head, HEAD_KEYS, "codebook.yaml")
    _only_keys(asks, {"asks", "agency_points"}, "asks.yaml")
    rules = _patterns(patterns)
    read = tuple(_theme(name, entry, rules) for name, entries in themes.items() for entry in entries)
    # Without moves the hash is that of the six documents, as it was before there were any.
    documents = [head, themes, patterns, words, asks, taxonomies, *([dict(moves)] if moves else [])]
    codebook = Codebook(
        version=str(head["version"]),
        sha256=hashlib.sha256(json.dumps(documents, sort_keys=True, default=str).encode()).hexdigest(),
        themes=read,
        valences=tuple(head["valences"]),
        groups={group["slug"]: group["name"] for group in head["groups"]},
        synonyms={word: tuple(others) for word, others in head["synonyms"].items()},
        words={name: _said(entries, f"words.yaml: “{name}”") for name, entries in words.items()},
        asks=tuple(_voice(entry) for entry in asks["asks"]),
        agency_points=tuple(_voice(entry) for entry in asks["agency_points"]),
        taxonomies={name: tuple(entries) for name, entries in taxonomies.items()},
        moves=dict(moves),
    )
    _check(codebook, set(head["tiers"]), set(rules))
    return codebook


def _names(folder: str) -> list[str]:
    return sorted(entry.name for entry in (DATA / folder).iterdir() if entry.name.endswith(".yaml"))


def _document(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def _only_keys(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown, missing = sorted(set(entry) - known), sorted(known - set(entry))
    if unknown:
        raise CodebookInvalid(f"{where} has the unknown key “{unknown[0]}”.")
    if missing:
        raise CodebookInvalid(f"{where} lacks the key “{missing[0]}”.")


def _patterns(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Patterns]:
    kinds = {kind.name for kind in fields(Patterns)}
    found: dict[str, Patterns] = {}
    for name, document in documents.items():
        for slug, lists in document.items():
            unknown = sorted(set(lists) - kinds)
            if unknown:
                raise CodebookInvalid(f"patterns/{name}: “{slug}” has the unknown key “{unknown[0]}”.")
            if slug in found:
                raise CodebookInvalid(f"patterns/{name}: “{slug}” has patterns in two places.")
            where = f"patterns/{name}: “{slug}”"
            found[slug] = Patterns(**{kind: _said(entries, where) for kind, entries in lists.items()})
    return found


def _said(entries: list[Any], where: str) -> tuple[str, ...]:
    odd = [entry for entry in entries if not isinstance(entry, str)]
    if odd:
        raise CodebookInvalid(f"{where} has “{odd[0]}”, which YAML does not read as text: put it in quotes.")
    return tuple(entries)


def _theme(name: str, entry: dict[str, Any], rules: Mapping[str, Patterns]) -> Theme:
    where = f"themes/{name}: “{entry.get('slug', '?')}”"
    known = {field.name for field in fields(Theme)} - {"parent", "patterns"}
    unknown = sorted(set(entry) - known)
    if unknown:
        raise CodebookInvalid(f"{where} has the unknown key “{unknown[0]}”.")
    missing = [key for key in ("slug", "name", "tier", "definition") if not entry.get(key)]
    if missing:
        raise CodebookInvalid(f"{where} lacks the key “{missing[0]}”.")
    lists = {key: tuple(entry.get(key, ())) for key in LISTS}
    parent = name.removesuffix(".yaml")
    return Theme(**{**entry, **lists}, parent=parent, patterns=rules.get(entry["slug"], Patterns()))


def _voice(entry: Mapping[str, Any]) -> Voice:
    _only_keys(entry, {field.name for field in fields(Voice)}, f"asks.yaml: “{entry.get('id', '?')}”")
    return Voice(entry["id"], entry["text"], tuple(entry["themes"]))


def _check(codebook: Codebook, tiers: set[str], ruled: set[str]) -> None:
    slugs = [theme.slug for theme in codebook.themes]
    twice = {slug for slug in slugs if slugs.count(slug) > 1}
    if twice:
        raise CodebookInvalid(f"The theme “{min(twice)}” is there twice.")
    _known(ruled, set(slugs), "patterns", "a theme")
    for theme in codebook.themes:
        where = f"“{theme.slug}”"
        _known({theme.tier}, tiers, where, "a tier")
        _known({theme.parent}, set(codebook.groups), where, "a group")
        _known({theme.rolls_up_to or theme.slug}, set(slugs), where, "a theme")
        for kind in ("rights", "pillars", "boards"):
            _known(getattr(theme, kind), _codes(codebook, kind), where, f"one of the {kind}")
    _known(codebook.moves.values(), set(slugs), "a merged theme", "a theme")
    for slug in sorted(set(codebook.moves) & set(slugs)):
        raise CodebookInvalid(f"“{slug}” was merged into another theme, so no theme may have this slug again.")
    for voice in (*codebook.asks, *codebook.agency_points):
        _known(voice.themes, set(slugs), f"“{voice.id}”", "a theme")


def _codes(codebook: Codebook, kind: str) -> set[str]:
    return {entry["code"] for entry in codebook.taxonomies.get(kind, ()) if isinstance(entry, dict)}


def _known(names: Iterable[str], known: set[str], where: str, what: str) -> None:
    strange = sorted(set(names) - known)
    if strange:
        raise CodebookInvalid(f"{where} names “{strange[0]}”, which is not {what}.")
