"""Exact counts of one consultation: what each contribution adds to a report, or why it adds nothing.

A fixed number of queries, however many contributions there are. Nothing here may be shown: it goes to the gate.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, Q, When

from analysis.coding.standing import Codes
from analysis.editions import current
from analysis.models import Coding, MachineTag, PassageTag, Run
from analysis.report.quarters import after, first_day, quarter_of
from analysis.report.tabulating import Heard, LeftOut, valence_of
from feedback.languages import is_english
from feedback.models import Consultation, Contribution, Outcome, SealedText
from feedback.models.contribution import in_use

Found = tuple[UUID, str, str]  # sealed text, theme, valence


@dataclass
class _Text:
    """One sealed text as far as counting goes: read or not, by whom, and what was found."""

    is_withheld: bool
    is_lost: bool
    machine_statements: int | None
    passage_statements: int | None
    coded_statements: int = 0
    valences: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def is_reviewed(self) -> bool:
        """Whether its tags come from the reviewed passage, by the machine's second reading or by people's."""
        return self.passage_statements is not None or self.coded_statements > 0

    @property
    def statements(self) -> int | None:
        """Of the passage if that was read, else of the machine's reading or as many as people coded, else None."""
        if self.passage_statements is not None:
            return self.passage_statements
        return max(self.machine_statements or 0, self.coded_statements) if self.is_reviewed else self.machine_statements

    @property
    def is_used(self) -> bool:
        """Whether it enters the counts."""
        return self.statements is not None and not self.is_withheld


def count(consultation: Consultation, quarters: Sequence[str], chosen: dict[UUID, str]) -> list[Heard]:
    """Every contribution received in these quarters, with what it adds to the counts or why it is left out.

    Tags of a reviewed passage stand in the place of the machine's tags of the same text, and in the statements that a
    person has coded, what people found stands in the place of what the machine found. `chosen` gives the category
    of a contribution in the report's breakdown.
    """
    contributions = Contribution.objects.filter(_within(quarters), consultation=consultation)
    texts = _texts(consultation, quarters)
    fields = ("id", "received_on", "voice", "people", "language", "may_statistics", "is_used")
    contributions = contributions.annotate(is_used=Case(When(in_use(), then=True), default=False))
    return [
        _heard(dict(zip(fields, row, strict=True)), texts.get(row[0], []), chosen.get(row[0], ""))
        for row in contributions.order_by("id").values_list(*fields)
    ]


def pipelines(consultation: Consultation) -> tuple[str, ...]:
    """The methods and versions that have read this consultation's texts, in the order of their names."""
    machine = Q(readings__sealed_text__contribution__consultation=consultation)
    reviewed = Q(passage_readings__passage__contribution__consultation=consultation)
    runs = Run.objects.filter(machine | reviewed)
    return tuple(runs.order_by("pipeline_id").values_list("pipeline_id", flat=True).distinct())


def _within(quarters: Sequence[str], path: str = "") -> Q:
    """Received in any of the quarters; `path` leads to the contribution."""
    days = Q(pk__in=[])
    for quarter in quarters:
        days |= Q(
            **{f"{path}received_on__gte": first_day(quarter), f"{path}received_on__lt": first_day(after(quarter))}
        )
    return days


def _texts(consultation: Consultation, quarters: Sequence[str]) -> dict[UUID, list[_Text]]:
    """The sealed texts of each contribution, with the tags that count."""
    rows = SealedText.objects.filter(
        _within(quarters, "contribution__"), contribution__consultation=consultation
    ).values_list(
        "id",
        "contribution_id",
        "decision__outcome",
        "period__key_destroyed_on",
        "envelope__sealed_text_id",
        "reading__statements",
        "decision__passage__reading__statements",
    )
    by_id: dict[UUID, _Text] = {}
    owned: dict[UUID, list[_Text]] = defaultdict(list)
    for pk, contribution, outcome, destroyed, envelope, machine, passage in rows:
        by_id[pk] = _Text(outcome == Outcome.WITHHELD, bool(destroyed or not envelope), machine, passage)
        owned[contribution].append(by_id[pk])
    path = "passage__decision__sealed_text__"
    coded = Coding.objects.filter(_own(path, consultation, quarters)).values_list(f"{path[:-2]}_id", "start", "end")
    for text, _, _ in coded.distinct():
        by_id[text].coded_statements += 1
    _add_tags(by_id, consultation, quarters)
    return owned


def _add_tags(texts: dict[UUID, _Text], consultation: Consultation, quarters: Sequence[str]) -> None:
    # A theme that was merged since a text was read counts as the one it went into.
    now = current().now
    for is_reviewed, found in (
        (False, _machine_tags(consultation, quarters)),
        (True, _passage_tags(consultation, quarters)),
    ):
        for text, theme, valence in found:
            if texts[text].is_reviewed == is_reviewed:
                texts[text].valences[now(theme)].add(valence)


def _machine_tags(consultation: Consultation, quarters: Sequence[str]) -> Iterable[Found]:
    tags = MachineTag.objects.filter(_own("reading__sealed_text__", consultation, quarters))
    return tags.values_list("reading__sealed_text_id", "theme", "valence").distinct()


def _passage_tags(consultation: Consultation, quarters: Sequence[str]) -> Iterator[Found]:
    """Sealed text, theme and valence: what people found where they have coded, what the machine found elsewhere."""
    path = "passage__decision__sealed_text__"
    codes = Codes.of(Coding.objects.filter(_own(path, consultation, quarters)))
    texts = dict(Coding.objects.filter(_own(path, consultation, quarters)).values_list("passage_id", f"{path[:-2]}_id"))
    yield from ((texts[passage], theme, valence) for passage, theme, valence in codes.found())
    tags = PassageTag.objects.filter(_own(f"reading__{path}", consultation, quarters))
    fields = ("reading__passage_id", f"reading__{path[:-2]}_id", "start", "theme", "valence")
    for passage, text, start, theme, valence in tags.values_list(*fields).distinct():
        if not codes.covers(passage, start):
            yield text, theme, valence


def _own(path: str, consultation: Consultation, quarters: Sequence[str]) -> Q:
    """Of this consultation, received in these quarters; `path` leads to the sealed text."""
    return Q(**{f"{path}contribution__consultation": consultation}) & _within(quarters, f"{path}contribution__")


def _heard(facts: dict, texts: Sequence[_Text], category: str) -> Heard:
    used = [text for text in texts if text.is_used]
    valences: dict[str, set[str]] = defaultdict(set)
    for text in used:
        for theme, found in text.valences.items():
            valences[theme] |= found
    return Heard(
        id=facts["id"],
        quarter=quarter_of(facts["received_on"]),
        voice=facts["voice"],
        people=facts["people"],
        statements=sum(text.statements or 0 for text in used),
        is_reviewed=bool(used) and all(text.is_reviewed for text in used),
        category=category,
        themes={theme: valence_of(found) for theme, found in valences.items()},
        left_out=None if used and facts["may_statistics"] and facts["is_used"] else _why(texts, facts),
    )


def _why(texts: Iterable[_Text], facts: dict) -> LeftOut:
    """The first reason that holds, in the order a person would give them."""
    unread = [text for text in texts if not text.is_withheld]
    reasons = {
        LeftOut.NO_CONSENT: not facts["may_statistics"],
        LeftOut.REMOVED: not facts["is_used"],
        LeftOut.NO_WORDS: not texts,
        LeftOut.WITHHELD: not unread,
        LeftOut.DAMAGED: all(text.is_lost for text in unread),
        LeftOut.NOT_ENGLISH: not is_english(facts["language"]),
    }
    return next((reason for reason, holds in reasons.items() if holds), LeftOut.AWAITING)
