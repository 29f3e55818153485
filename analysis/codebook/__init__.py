"""The codebook: 65 themes of lived experience as versioned data, each with its boundaries and the ways people say it.

It is read strictly and frozen: `load()` gives the shipped version with its sha256, which every run and report records.
"""

from analysis.codebook.read import CodebookInvalid, load, parse
from analysis.codebook.theme import Codebook, Patterns, Theme, Voice

__all__ = ["Codebook", "CodebookInvalid", "Patterns", "Theme", "Voice", "load", "parse"]
