"""The stretches of a text that a model looks at: each statement by itself, and a short text as a whole."""

from collections.abc import Sequence

from analysis.pipeline.results import Statement

WHOLE = 400  # characters; the examples that models learn from are no longer, and a long text says many things


def windows(said: Sequence[Statement]) -> tuple[Statement, ...]:
    """Half-open spans in the order of the text, the whole last if it is short and of several statements."""
    if len(said) > 1 and said[-1].end - said[0].start <= WHOLE:
        return (*said, Statement(said[0].start, said[-1].end))
    return tuple(said)
