"""Topics of a file of `{"id", "text"}` lines, as one JSON document that is the same for the same file and seed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from analysis.pipeline.encoder import Encoder, Vectors, open_encoder
from analysis.topics.cleaning import Cleaned, clean
from analysis.topics.clustering import OUTSIDE
from analysis.topics.discovery import ENOUGH, Discovered, Mode, Settings, discover

AT_ONCE = 32  # texts, between two steps of the progress bar
NOTES = {
    Mode.TOPICS: "Topics that three runs from different seeds have in common.",
    Mode.FIXED: "So many topics as were asked for; every statement is in one, also where it hardly belongs.",
    Mode.TENTATIVE: f"Fewer than {ENOUGH} statements: too few for reliable topics. This grouping is tentative.",
    Mode.TOO_FEW: f"Too few statements to look for topics. {ENOUGH} are enough.",
}

Seen = Callable[[int], object]


@dataclass(frozen=True)
class Said:
    """One line: its id as it was given, and its text."""

    id: str | int
    text: str = field(repr=False)


def encode(encoder: Encoder, texts: Sequence[str], seen: Seen) -> Vectors:
    """The vectors of texts, float32 (texts, dimensions); `seen` is told how many more are done."""
    parts = []
    for start in range(0, len(texts), AT_ONCE):
        parts.append(encoder.encode(texts[start : start + AT_ONCE]))
        seen(len(parts[-1]))
    return np.concatenate(parts) if parts else encoder.encode([])


def topics_of(said: Sequence[Said], models: Path, settings: Settings, encoded: Seen, clustered: Seen) -> dict[str, Any]:
    """What is written of a file: how topics were looked for, the topics, and the topic of each id.

    Raises:
        ValueError: as `discover` does.
    """
    cleaned = clean([line.text for line in said])
    texts = [said[row].text for row in cleaned.kept]
    encoded(len(said) - len(texts))
    if texts:
        encoder = open_encoder(models, texts, seed=settings.seed)
        found = discover(texts, encode(encoder, texts, encoded), settings, seen=clustered)
        return {"encoder": encoder.id, **_written(said, cleaned, found, settings)}
    return {"encoder": None, **_written(said, cleaned, Discovered(Mode.TOO_FEW, np.zeros(0, np.int64)), settings)}


def _written(said: Sequence[Said], cleaned: Cleaned, found: Discovered, settings: Settings) -> dict[str, Any]:
    lines = [said[row] for row in cleaned.kept]
    left_out = Counter(reason.value for reason in cleaned.left_out.values())
    note = NOTES[found.mode]
    if found.mode is Mode.FIXED and found.is_tentative:
        note = f"{note} {NOTES[Mode.TENTATIVE]}"
    return {
        "mode": found.mode.value,
        "tentative": found.is_tentative,
        "note": note,
        "seed": settings.seed,
        "runs": settings.runs,
        "agreement": None if found.agreement is None else round(found.agreement, 3),
        "outliers": round(found.outside, 3),
        "not_recurring": found.dropped,
        "statements": {"read": len(said), "used": len(lines), "left_out": dict(sorted(left_out.items()))},
        "topics": [
            {
                "topic": number,
                "size": topic.size,
                "stability": topic.stability,
                "words": [word.word for word in topic.words],
                "representative": [{"id": lines[row].id, "text": lines[row].text} for row in topic.representative],
            }
            for number, topic in enumerate(found.topics)
        ],
        "assigned": _assigned(said, cleaned, found),
    }


def _assigned(said: Sequence[Said], cleaned: Cleaned, found: Discovered) -> list[dict[str, Any]]:
    """The topic of each id, -1 for none; what repeats another line is in the topic of that line."""
    topic_of = {row: int(label) for row, label in zip(cleaned.kept, found.labels, strict=True)}
    assigned: list[dict[str, Any]] = []
    for row, line in enumerate(said):
        topic = topic_of.get(cleaned.first.get(row, row), OUTSIDE)
        reason = cleaned.left_out.get(row)
        assigned.append({"id": line.id, "topic": topic} | ({"left_out": reason.value} if reason else {}))
    return assigned
