"""Which kind of link led somebody here: a few fixed ones, the same for everyone, that say nothing about the topic."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

CHANNELS = Path(__file__).parent / "channels.yaml"
# More than this, and a channel would begin to say who somebody is.
MOST = 10
PARAMETER = "v"


@dataclass(frozen=True)
class OutreachChannel:
    """One kind of link: the short code in its address, the name that is stored, and what staff read."""

    code: str
    name: str
    label: str


@cache
def channels() -> tuple[OutreachChannel, ...]:
    """Every kind of link there is, in the order staff see them."""
    return tuple(OutreachChannel(**item) for item in yaml.safe_load(CHANNELS.read_text(encoding="utf-8")))


def channel(code: str) -> OutreachChannel | None:
    """The kind of link with this code, or None: a code that somebody made up counts as no link."""
    return next((known for known in channels() if known.code == code), None)


def name_of(code: str) -> str:
    """What is stored for this code; empty where it is not one of ours."""
    known = channel(code)
    return known.name if known else ""
