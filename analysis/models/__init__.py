"""The tables of analysis: what the pipeline found, and what was released."""

from analysis.models.release import (
    Altered,
    Release,
    ReleasedContribution,
    ReleasedQuote,
    ReleaseRequest,
    RequestState,
    fingerprint,
)
from analysis.models.tagging import (
    HistoricTag,
    MachineReading,
    MachineTag,
    PassageReading,
    PassageTag,
    Run,
    Source,
    Valence,
)

__all__ = [
    "Altered",
    "HistoricTag",
    "MachineReading",
    "MachineTag",
    "PassageReading",
    "PassageTag",
    "Release",
    "ReleaseRequest",
    "ReleasedContribution",
    "ReleasedQuote",
    "RequestState",
    "Run",
    "Source",
    "Valence",
    "fingerprint",
]
