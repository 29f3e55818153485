"""The stretches of a text that a model looks at: each statement, and a short text as a whole.

A statement of a short text says half of what it means by itself, and half by what stands around it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.pipeline.results import Statement

WHOLE = 400  # characters; the examples that models learn from are no longer, and a long text says many things


def windows(said: Sequence[Statement]) -> tuple[Statement, ...]:
    """Half-open spans in the order of the text, the whole last if it is short and of several statements."""
    if len(said) > 1 and said[-1].end - said[0].start <= WHOLE:
        return (*said, Statement(said[0].start, said[-1].end))
    return tuple(said)


def around(windows: Sequence[Statement], statements: int) -> NDArray[np.intp]:
    """For each window of a text the number of the one it is judged with: the whole of a short text, else itself."""
    numbers = np.arange(len(windows))
    return numbers if len(windows) == statements else np.full(len(windows), statements)
