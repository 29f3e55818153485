"""Disclosure control: the one gate every published figure passes, and the audit that tries to look behind it. Pure."""

from analysis.disclosure.gate import protect

__all__ = ["protect"]
