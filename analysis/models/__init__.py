"""The tables of analysis: what the pipeline found, and what was released."""

from analysis.models.release import Release, ReleasedQuote
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
    "HistoricTag",
    "MachineReading",
    "MachineTag",
    "PassageReading",
    "PassageTag",
    "Release",
    "ReleasedQuote",
    "Run",
    "Source",
    "Valence",
]
