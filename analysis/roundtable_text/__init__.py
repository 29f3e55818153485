"""Turns the plain text of a published review into its parts, in reading order, each with its kind and section.

Pure: no Django, clock or files. Text that a person laid out in two columns, with call-outs between them, comes back as
paragraphs; page furniture, annexes, recommendations and headings are named so that nobody tags them by mistake.
"""

from analysis.roundtable_text.parts import TAGGED, Kind, Part, read
from analysis.roundtable_text.sentences import sentences

__all__ = ["TAGGED", "Kind", "Part", "read", "sentences"]
