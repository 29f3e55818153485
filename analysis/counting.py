"""Exact counts of one consultation: what each contribution adds to a report, or why it adds nothing.

A fixed number of queries, however many contributions there are. Nothing here may be shown: it goes to the gate.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from analysis.models import MachineTag, PassageTag, Run
from analysis.quarters import after, first_day, quarter_of
from analysis.tabulating import Heard, LeftOut, valence_of
from feedback.models import Consultation, Contribution, Outcome, SealedText

ENGLISH = "en"


@dataclass
class _Text:
    """One sealed text as far as counting goes: read or not, by whom, and what was found."""

    is_withheld: bool
    is_lost: bool
    machine_statements: int | None
    passage_statements: int | None
    valences: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def is_reviewed(self) -> bool:
        """Whether its tags come from the reviewed passage."""
        return self.passage_statements is not None

    @property
    def statements(self) -> int | None:
        """Of the passage if that was read, else of the machine's reading, else None."""
        return self.passage_statements if self.is_reviewed else self.machine_statements

    @property
    def is_used(self) -> bool:
        """Whether it enters the counts."""
        return self.statements is not None and not self.is_withheld


def count(consultation: Consultation, quarters: Sequence[str], chosen: dict[UUID, str]) -> list[Heard]:
    """Every contribution received in these quarters, with what it adds to the counts or why it is left out.

    Tags of a reviewed passage stand in the place of the machine's tags of the same text. `chosen` gives the category
    of a contribution in the report's breakdown.
    """
    contributions = Contribution.objects.filter(_within(quarters), consultation=consultation)
    texts = _texts(consultation, quarters)
    fields = ("id", "received_on", "voice", "people", "language", "may_statistics")
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
    _add_tags(by_id, consultation, quarters)
    return owned


def _add_tags(texts: dict[UUID, _Text], consultation: Consultation, quarters: Sequence[str]) -> None:
    for model, path, is_reviewed in (
        (MachineTag, "reading__sealed_text", False),
        (PassageTag, "reading__passage__decision__sealed_text", True),
    ):
        own = Q(**{f"{path}__contribution__consultation": consultation})
        tags = model.objects.filter(own & _within(quarters, f"{path}__contribution__"))
        for text, theme, valence in tags.values_list(f"{path}_id", "theme", "valence").distinct():
            if texts[text].is_reviewed == is_reviewed:
                texts[text].valences[theme].add(valence)


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
        left_out=None if used and facts["may_statistics"] else _why(texts, facts),
    )


def _why(texts: Iterable[_Text], facts: dict) -> LeftOut:
    """The first reason that holds, in the order a person would give them."""
    unread = [text for text in texts if not text.is_withheld]
    reasons = {
        LeftOut.NO_CONSENT: not facts["may_statistics"],
        LeftOut.NO_WORDS: not texts,
        LeftOut.WITHHELD: not unread,
        LeftOut.DAMAGED: all(text.is_lost for text in unread),
        LeftOut.NOT_ENGLISH: not facts["language"].lower().startswith(ENGLISH),
    }
    return next((reason for reason, holds in reasons.items() if holds), LeftOut.AWAITING)
