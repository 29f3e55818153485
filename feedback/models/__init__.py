"""The tables of the house of testimony, one module for each kind of thing.

Every table a respondent's ids reach says `wagtail_reference_index_ignore`: otherwise Wagtail, at every save, writes a
task row with the id and the microsecond, which would tell when each person wrote, and join a draft to what was sent.
"""

from feedback.models.consultation import Consultation, Organisation, Removal, SupportService
from feedback.models.contribution import Batch, Channel, Contribution, Urgency, Use, Voice
from feedback.models.review import (
    Decision,
    Opening,
    Outcome,
    Passage,
    Purpose,
    SafeguardingAction,
    SafeguardingOutcome,
    WithheldFor,
)
from feedback.models.roundtable import PartKind, Roundtable, RoundtablePart
from feedback.models.sealed import Envelope, Period, SealedText

__all__ = [
    "Batch",
    "Channel",
    "Consultation",
    "Contribution",
    "Decision",
    "Envelope",
    "Opening",
    "Organisation",
    "Outcome",
    "PartKind",
    "Passage",
    "Period",
    "Purpose",
    "Removal",
    "Roundtable",
    "RoundtablePart",
    "SafeguardingAction",
    "SafeguardingOutcome",
    "SealedText",
    "SupportService",
    "Urgency",
    "Use",
    "Voice",
    "WithheldFor",
]
