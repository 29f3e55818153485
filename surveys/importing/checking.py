"""From rows to entries that can be received, and every fault by row and column."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from feedback.intake import FreeText
from feedback.models import Channel, Use, Voice
from surveys.definition import TEXT_KINDS, Definition, Part, Question
from surveys.importing import cells
from surveys.importing.reading import Row, Sheet
from surveys.journey.submission import SMALLEST_GROUP
from surveys.routes import is_shown

# Columns beside the questions.
META = ("received_on", "language", "channel", "voice", "people", "consents")


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: a row as a spreadsheet counts it, and a column's name."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        where = f"Row {self.row}, column {self.column}" if self.column else f"Row {self.row}"
        return f"{where}: {self.problem}."


@dataclass(frozen=True)
class Entry:
    """One contributor's answers, ready to be received."""

    row: int
    received_on: date
    language: str
    channel: Channel
    voice: Voice
    people: int
    consents: frozenset[Use]
    closed: Mapping[str, cells.Value] = field(repr=False)
    texts: tuple[FreeText, ...] = field(repr=False)


@dataclass(frozen=True)
class Plan:
    """What an import would do: the entries that are good, the faults, and what the file leaves out."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    rows: int
    blank: int
    columns_missing: tuple[str, ...]

    @property
    def heading_faults(self) -> tuple[Fault, ...]:
        """Faults of the column names, which no row can be free of."""
        return tuple(fault for fault in self.faults if fault.row == 1)

    @property
    def bad_rows(self) -> int:
        """How many rows have a fault."""
        return self.rows - len(self.entries)


def check(sheet: Sheet, definition: Definition, *, today: date) -> Plan:
    """Every row read against the survey; nothing is stored."""
    questions = {question.id: question for question in definition.questions}
    faults = list(_column_faults(sheet.columns, definition))
    entries: list[Entry] = []
    if not faults:
        first_seen: dict[tuple[str, ...], int] = {}
        for row in sheet.rows:
            found = [*_row_faults(row, sheet.columns, first_seen)]
            entry = None if found else _entry(row, sheet.columns, definition, today, found)
            faults.extend(found)
            if entry is not None:
                entries.append(entry)
    missing = tuple(name for name in questions if name not in sheet.columns and not questions[name].part)
    return Plan(tuple(entries), tuple(faults), len(sheet.rows), sheet.blank, missing)


def _column_faults(columns: tuple[str, ...], definition: Definition) -> Iterator[Fault]:
    known = {*META, *(question.id for question in definition.questions)}
    for number, name in enumerate(columns, start=1):
        if not name:
            yield Fault(1, f"number {number}", "it has no name")
        elif name not in known:
            yield Fault(1, f"number {number}", "its name is neither a question of this survey nor a known column")
        elif name in columns[: number - 1]:
            yield Fault(1, name, "it stands in the file twice")
    yield from _missing_columns(columns, definition)


def _missing_columns(columns: tuple[str, ...], definition: Definition) -> Iterator[Fault]:
    if "received_on" not in columns:
        yield Fault(1, "received_on", "it is missing: the day each contribution came in")
    for name, part in (("consents", Part.USES), ("voice", Part.VOICE)):
        asking = _asking(definition, part)
        if name not in columns and not (asking and asking.id in columns):
            or_asking = f", or give the answers to {asking.id}" if asking else ""
            yield Fault(1, name, f"it is missing: add it{or_asking}")
    if not any(question.id in columns for question in definition.questions if not question.part):
        yield Fault(1, "", "no column is a question of this survey")


def _asking(definition: Definition, part: Part) -> Question | None:
    return next((question for question in definition.questions if question.part is part), None)


def _row_faults(row: Row, columns: tuple[str, ...], first_seen: dict[tuple[str, ...], int]) -> Iterator[Fault]:
    if len(row.cells) != len(columns):
        yield Fault(row.number, "", f"it has {len(row.cells)} cells; there are {len(columns)} columns")
        return
    for name, cell in zip(columns, row.cells, strict=True):
        if "\0" in cell:
            yield Fault(row.number, name, "it holds a NUL character; take it out")
    earlier = first_seen.setdefault(row.cells, row.number)
    if earlier != row.number:
        yield Fault(row.number, "", f"it says the same as row {earlier}; keep one of them")


def _entry(row: Row, columns: tuple[str, ...], definition: Definition, today: date, found: list[Fault]) -> Entry | None:
    """The row as an entry, or None with its faults added to `found`."""
    filled = {name: cell for name, cell in zip(columns, row.cells, strict=True) if cell.strip()}
    values = dict(_read(row.number, filled, definition, today, found))
    if found:
        return None
    asked = {question.id: values[question.id] for question in definition.questions if question.id in values}
    found.extend(_contradictions(row.number, asked, columns, definition))
    voice = _voice(values, asked, definition)
    people = values.get("people", SMALLEST_GROUP if voice is Voice.GROUP else 1)
    found.extend(_crowd_faults(row.number, voice, people))
    if found:
        return None
    is_text = {question.id: question.kind in TEXT_KINDS for question in definition.questions}
    return Entry(
        row=row.number,
        received_on=values["received_on"],
        language=values.get("language", "en"),
        channel=values.get("channel", Channel.IMPORT),
        voice=voice,
        people=people,
        consents=_consents(values, asked, definition),
        closed={name: value for name, value in asked.items() if not is_text[name]},
        texts=tuple(FreeText(name, str(value)) for name, value in asked.items() if is_text[name]),
    )


def _read(
    number: int, filled: Mapping[str, str], definition: Definition, today: date, found: list[Fault]
) -> Iterator[tuple[str, Any]]:
    readers: dict[str, Callable[[str], Any]] = {
        "received_on": partial(cells.day, today=today),
        "language": cells.language,
        "channel": cells.one_of(Channel),
        "voice": cells.one_of(Voice),
        "people": cells.people,
        "consents": cells.uses,
        **{question.id: partial(cells.answer, question) for question in definition.questions},
    }
    for name, cell in filled.items():
        try:
            yield name, readers[name](cell)
        except cells.BadCell as fault:
            found.append(Fault(number, name, str(fault)))
    if "received_on" not in filled:
        found.append(Fault(number, "received_on", "it is empty; give the day the contribution came in"))


def _contradictions(
    number: int, asked: Mapping[str, cells.Value], columns: Iterable[str], definition: Definition
) -> Iterator[Fault]:
    """Answers the survey would not have asked for; a rule whose question is no column of the file is not judged."""
    if not any(not question.part for question in definition.questions if question.id in asked):
        yield Fault(number, "", "it answers no question")
    for question in definition.questions:
        rule, given = question.show_if, asked.get(question.id)
        if question.part is Part.TAKE_PART and given not in (None, "yes"):
            yield Fault(number, question.id, "this person did not agree to take part; leave the row out")
        if given is not None and rule and rule.question in columns and not is_shown(question, asked):
            yield Fault(number, question.id, f"it is asked only after certain answers to {rule.question}; empty it")


def _voice(values: Mapping[str, Any], asked: Mapping[str, cells.Value], definition: Definition) -> Voice:
    if "voice" in values:
        return Voice(values["voice"])
    asking = _asking(definition, Part.VOICE)
    voices = {option.value: option.voice for option in asking.options} if asking else {}
    # Somebody who does not say is taken to speak for themselves, as online.
    return Voice(voices.get(str(asked.get(asking.id)) if asking else "", Voice.FIRST_HAND))


def _consents(values: Mapping[str, Any], asked: Mapping[str, cells.Value], definition: Definition) -> frozenset[Use]:
    if "consents" in values:
        return frozenset(values["consents"])
    asking = _asking(definition, Part.USES)
    return frozenset(map(Use, asked.get(asking.id, ()))) if asking else frozenset()


def _crowd_faults(number: int, voice: Voice, people: int) -> Iterator[Fault]:
    if voice is Voice.FIRST_HAND and people != 1:
        yield Fault(number, "people", "a first-hand contribution tells one person’s experience")
    if voice is Voice.GROUP and people == 1:
        yield Fault(number, "people", "a group is two people or more")
