"""Suggests what to hide in a text: identifiers by pattern, names and places by cue, list and rarity. Pure Python.

A suggestion is never a decision: a person approves every redaction before anything is readable elsewhere.
"""

from .spans import Redaction, Span
from .suggest import redact

__all__ = ["Redaction", "Span", "redact"]
