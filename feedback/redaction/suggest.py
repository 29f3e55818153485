"""Suggests what to hide, by running every finder until a further run finds nothing new."""

from collections.abc import Iterator, Sequence

from .addresses import join_addresses
from .dates import find_dates
from .fold import fold
from .handles import find_handles
from .known import find_known
from .merge import outside, resolve
from .names import find_names
from .patterns import find_patterns
from .references import find_references
from .spans import Redaction, Span, apply
from .spoken import find_spoken

# Hiding one thing can bring a neighbour into view (a cue now stands beside it); more rounds were never needed.
_ROUNDS = 10
_FINDERS = (find_patterns, find_spoken, find_references, find_handles, find_dates, find_names)


def redact(text: str, known_names: Sequence[str] = ()) -> Redaction:
    """The text with everything that looks like a direct identifier replaced by its kind, such as [PERSON].

    `known_names` are names the case already holds: they are hidden wherever they stand, in any case.
    """
    spans: list[Span] = []
    shown = text
    for _ in range(_ROUNDS):
        found = _claims(shown, known_names)
        if not found:
            break
        spans = sorted([*spans, *_moved_back(found, spans)])
        shown = apply(text, tuple(spans))
    return Redaction(shown, tuple(spans))


def _claims(text: str, known_names: Sequence[str]) -> list[Span]:
    folded = fold(text)
    claims = [span for find in _FINDERS for span in find(folded)]
    claims += find_known(folded, known_names)
    return outside(join_addresses(folded, resolve(claims)), folded)


def _moved_back(found: Sequence[Span], done: Sequence[Span]) -> Iterator[Span]:
    """Yields sorted spans of the redacted text, in which `done` are placeholders, at their place in the original."""
    shift = passed = 0
    for span in found:
        while passed < len(done) and done[passed].start + shift < span.start:
            shift += len(done[passed].kind) + len("[]") - (done[passed].end - done[passed].start)
            passed += 1
        yield Span(span.start - shift, span.end - shift, span.kind)
