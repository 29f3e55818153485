"""Asks the table of addresses: which row an address has, and whether a person's roles open it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Role
from accounts.roles import ADMIN_ROLES, MAY, Capability

OURS = frozenset({"accounts", "analysis", "config", "feedback", "outcomes", "pages", "surveys"})
ADMIN_PREFIX = "admin/"


class Level(StrEnum):
    """Who may ask for an address that needs no capability."""

    PUBLIC = "anybody"
    WORDS = "anybody; more of it with return words"
    SIGNED_IN = "anybody signed in"
    ADMIN = "any role that works in the admin"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Row:
    """One address, or all that begin so if it ends in `*`, and what opens it: a level, or one of some capabilities."""

    address: str
    needs: Level | Capability | tuple[Capability, ...]
    note: str = ""

    @property
    def is_public(self) -> bool:
        """Whether nobody is asked who they are."""
        return self.needs in {Level.PUBLIC, Level.WORDS}

    @property
    def capabilities(self) -> tuple[Capability, ...]:
        """The capabilities of which one is enough; none where a level decides."""
        if isinstance(self.needs, Level):
            return ()
        return self.needs if isinstance(self.needs, tuple) else (self.needs,)


@dataclass(frozen=True)
class Table:
    """Sections of rows, each with its heading."""

    sections: dict[str, tuple[Row, ...]]

    def rows(self) -> Iterable[Row]:
        """Every row, in order."""
        return (row for section in self.sections.values() for row in section)

    def row_for(self, address: str, view: Callable[..., Any]) -> Row | None:
        """The row of an address as the resolver writes it, or None where there is none.

        A row that ends in `*` covers no view of our own packages.
        """
        exact = self._exact.get(address)
        if exact or is_ours(view):
            return exact
        return next((row for beginning, row in self._beginnings if address.startswith(beginning)), None)

    @cached_property
    def _exact(self) -> dict[str, Row]:
        return {row.address: row for row in self.rows() if not row.address.endswith("*")}

    @cached_property
    def _beginnings(self) -> list[tuple[str, Row]]:
        """The rows that end in `*` by what they cover, the longest first."""
        found = [(row.address[:-1], row) for row in self.rows() if row.address.endswith("*")]
        return sorted(found, key=lambda one: len(one[0]), reverse=True)


def opens(row: Row, roles: frozenset[Role], *, is_signed_in: bool) -> bool:
    """Whether a person with these roles may ask for the row's address; being a superuser is not among the questions."""
    if row.is_public:
        return True
    if row.needs is Level.SIGNED_IN:
        return is_signed_in
    if row.address.startswith(ADMIN_PREFIX) and not roles & ADMIN_ROLES:
        return False
    held = frozenset[Capability]().union(*(MAY[role] for role in roles))
    return row.needs is Level.ADMIN or not held.isdisjoint(row.capabilities)


def is_ours(view: Callable[..., Any]) -> bool:
    """Whether a view is written in one of our own packages."""
    return view.__module__.partition(".")[0] in OURS


def patterns(urlconf: str | None = None) -> Iterator[tuple[str, URLPattern]]:
    """Every address as the resolver writes it, with its pattern, in the order in which they are tried."""
    yield from _below(get_resolver(urlconf), "")


def _below(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        # As ResolverMatch.route joins them.
        own = str(pattern.pattern)
        address = before + own.removeprefix("^") if before else own
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, address)
        else:
            yield address, pattern
