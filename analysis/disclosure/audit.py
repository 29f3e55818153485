"""What a patient reader could work out: how low and how high each hidden count can be, given all that is in print.

One linear program for each subject (a theme, in one kind of voice) holds this release and every earlier one: parts add
up to their whole in each quarter, and each published cell allows a span. Only the worker and commands load this module,
because it brings scipy with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from analysis.disclosure.gate import NARROWEST, most_together, span
from analysis.disclosure.published import LEAST, Cell, Kind

TOLERANCE = 1e-6  # of the solver; counts are whole
MOST = 1e6  # more contributions than any quarter will see; keeps the program bounded
INFEASIBLE = 2  # scipy's status
Variable = tuple[int, str, str]  # block of quarters, dimension, category; dimension "" is the whole


class Contradiction(Exception):
    """The published figures cannot all be about the same contributions, so they cannot be solved together."""


@dataclass(frozen=True)
class Split:
    """One published row: a subject in some quarters, shared out over the categories of one dimension.

    A whole that is not shared out has the dimension "" and one cell. `rest` is what the hidden cells come to together.
    Where `tells_zeros`, a hidden count is known not to be nought.
    """

    subject: str
    quarters: frozenset[str]
    dimension: str
    cells: tuple[tuple[str, Cell], ...]
    rest: Cell | None = None
    tells_zeros: bool = False


@dataclass(frozen=True)
class Exposure:
    """A count that the published figures give away, or nearly."""

    subject: str
    dimension: str
    category: str
    lowest: int
    highest: int


@dataclass(frozen=True)
class _Form:
    """A sum of variables and the span it is known to lie in; `kind` is None for a sum that nobody printed."""

    variables: tuple[Variable, ...]
    low: float
    high: float
    kind: Kind | None


def exposed(splits: Sequence[Split]) -> list[Exposure]:
    """Every count that the splits together leave less room than they should.

    That is a hidden count, or an unprinted difference under ten, possible over less than `NARROWEST`, and any figure
    that is known exactly. Raises Contradiction if the splits of a subject cannot all be true at once.
    """
    subjects = dict.fromkeys(split.subject for split in splits)
    return [
        found for subject in subjects for found in _exposed_in([split for split in splits if split.subject == subject])
    ]


def bounds(splits: Sequence[Split]) -> list[tuple[Split, str, int, int]]:
    """For each published cell of one subject: its split, its category, and its lowest and highest possible count."""
    system = _System(splits)
    forms = [(split, name, system.form(split, name, cell)) for split in splits for name, cell in split.cells]
    known = [(split, name, form) for split, name, form in forms if form.kind in {Kind.FIGURE, Kind.FEW}]
    found = system.ranges([form.variables for _, _, form in known])
    return [(split, name, low, high) for (split, name, _), (low, high) in zip(known, found, strict=True)]


def _exposed_in(splits: Sequence[Split]) -> list[Exposure]:
    if not _has_figures(splits):
        return []  # nothing to subtract from: each hidden count may be nought, and any one of them nine
    system = _System(splits)
    forms = [form for form in system.published if form.kind in {Kind.FIGURE, Kind.FEW}] + system.differences()
    ranges = system.ranges([form.variables for form in forms])
    found = []
    for form, (low, high) in zip(forms, ranges, strict=True):
        if _gives_away(form, low, high):
            _, dimension, category = form.variables[0]
            found.append(Exposure(splits[0].subject, dimension, category, low, high))
    return found


def _gives_away(form: _Form, low: int, high: int) -> bool:
    if form.kind is Kind.FIGURE:
        return low == high
    return low < LEAST and high - low < NARROWEST


class _System:
    """The linear constraints that the published rows of one subject put on the counts behind them."""

    def __init__(self, splits: Sequence[Split]) -> None:
        self.blocks = _blocks(splits)
        self.categories = _categories(splits)
        self.index: dict[Variable, int] = {}
        for block in range(len(self.blocks)):
            for dimension, categories in self.categories.items():
                for category in categories:
                    self.index[block, dimension, category] = len(self.index)
        cells = [self.form(split, name, cell) for split in splits for name, cell in split.cells]
        rests = [self._rest(split, split.rest) for split in splits if split.rest]
        self.published = [form for form in (*cells, *rests) if form.kind is not Kind.WITHHELD]

    def form(self, split: Split, category: str, cell: Cell) -> _Form:
        """The sum that a published cell is about, and its span."""
        low, high = span(cell, hidden_from=int(split.tells_zeros)) or (0, MOST)
        return _Form(self._over(split, (category,)), low, high, cell.kind)

    def differences(self) -> list[_Form]:
        """Every part that nobody printed but that subtraction might reach, if there is more than one block."""
        if len(self.blocks) < 2:
            return []
        told = self._told_as_none()
        return [_Form((variable,), 0, MOST, None) for variable in self.index if variable not in told]

    def _told_as_none(self) -> set[Variable]:
        """The counts that are printed as none, and all counts of a block whose every part is."""
        told = {variable for form in self.published if form.kind is Kind.NONE for variable in form.variables}
        for block, (dimension, names) in product(range(len(self.blocks)), self.categories.items()):
            if {(block, dimension, name) for name in names} <= told:
                told |= {variable for variable in self.index if variable[0] == block}
        return told

    def ranges(self, wanted: Sequence[tuple[Variable, ...]]) -> list[tuple[int, int]]:
        """The lowest and highest whole number each sum can be."""
        if not wanted:
            return []
        goals = np.zeros((len(wanted), len(self.index)))
        for row, variables in enumerate(wanted):
            goals[row, [self.index[variable] for variable in variables]] = 1
        lows = self._extremes(goals, 1)
        highs = self._extremes(goals, -1)
        return [(ceil(low - TOLERANCE), floor(high + TOLERANCE)) for low, high in zip(lows, highs, strict=True)]

    def _extremes(self, goals: np.ndarray, sign: int) -> list[float]:
        # One program with a copy of the system for each goal is far faster than a program for each.
        copies = eye_array(len(goals))
        equal, upper, limits = self._matrices()
        done = linprog(
            sign * goals.ravel(),
            A_ub=kron(copies, upper, format="csr"),
            b_ub=np.tile(limits, len(goals)),
            A_eq=kron(copies, equal, format="csr") if equal.shape[0] else None,
            b_eq=np.zeros(equal.shape[0] * len(goals)) if equal.shape[0] else None,
            bounds=(0, MOST),
            method="highs",
        )
        if done.status == INFEASIBLE:
            raise Contradiction("The published figures cannot all be about the same contributions.")
        values = (goals * done.x.reshape(goals.shape)).sum(axis=1)
        return [float(value) for value in values]

    def _matrices(self) -> tuple[csr_array, csr_array, np.ndarray]:
        equal = [
            {self.index[block, "", ""]: -1.0} | {self.index[block, dimension, name]: 1.0 for name in categories}
            for block in range(len(self.blocks))
            for dimension, categories in self.categories.items()
            if dimension
        ]
        above = [
            (dict.fromkeys(map(self.index.__getitem__, form.variables), 1.0), form.high) for form in self.published
        ]
        below = [
            (dict.fromkeys(map(self.index.__getitem__, form.variables), -1.0), -form.low) for form in self.published
        ]
        upper = above + below
        width = len(self.index)
        return _matrix(equal, width), _matrix([row for row, _ in upper], width), np.array([limit for _, limit in upper])

    def _over(self, split: Split, categories: Iterable[str]) -> tuple[Variable, ...]:
        return tuple(
            (number, split.dimension, category)
            for number, block in enumerate(self.blocks)
            if block <= split.quarters
            for category in categories
        )

    def _rest(self, split: Split, rest: Cell) -> _Form:
        few = [name for name, cell in split.cells if cell.kind is Kind.FEW]
        low, high = span(rest) or (0, MOST)
        if rest.figure == most_together(len(few)):
            high = (LEAST - 1) * len(few)  # the largest figure stands for everything above it too
        return _Form(self._over(split, few), low, high, rest.kind)


def _has_figures(splits: Sequence[Split]) -> bool:
    cells = (cell for split in splits for cell in (*(cell for _, cell in split.cells), split.rest))
    return any(cell is not None and cell.figure is not None for cell in cells)


def _blocks(splits: Sequence[Split]) -> list[frozenset[str]]:
    """The quarters in groups that every split takes whole or leaves whole."""
    quarters = sorted(frozenset().union(*(split.quarters for split in splits)))
    patterns: dict[tuple[bool, ...], set[str]] = {}
    for quarter in quarters:
        patterns.setdefault(tuple(quarter in split.quarters for split in splits), set()).add(quarter)
    return [frozenset(block) for block in patterns.values()]


def _categories(splits: Sequence[Split]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {"": {"": None}}
    for split in splits:
        found.setdefault(split.dimension, {}).update(dict.fromkeys(name for name, _ in split.cells))
    return {dimension: list(names) for dimension, names in found.items()}


def _matrix(rows: Sequence[dict[int, float]], width: int) -> csr_array:
    matrix = np.zeros((len(rows), width))
    for number, row in enumerate(rows):
        matrix[number, list(row)] = list(row.values())
    return csr_array(matrix)
