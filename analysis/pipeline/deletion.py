"""The words that carry a theme in a statement: the shortest stretch without which the model no longer sees it."""

from collections.abc import Callable, Generator, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.pipeline.results import Statement
from analysis.pipeline.tokens import tokens

LENGTHS = (1, 2, 3, 5, 8, 12)  # words tried first; a reader should see at once what shows the theme
SHORT = 2  # words of a statement that is shown whole
Worth = Callable[[Sequence[str]], NDArray[np.float32]]
Left = tuple[str, str]
Search = Generator[Left, bool, Statement]


def carrier(
    text: str, within: Statement, worth: Worth, first: Statement | None = None, around: Statement | None = None
) -> Search:
    """The shortest stretch of `within` whose removal ends the theme; all of it if none does.

    A search yields what is left of `within`, and of the words `around` that it is judged with, without a stretch, and
    is sent whether the theme is gone; so many searches can be answered together. `worth` says of words by themselves
    how much each speaks for the theme. `first`, the words that a rule matched, is tried before any other. Stretches are
    tried by length, of each length the one worth most.
    """
    words = [token for token in tokens(text) if within.start <= token.start < within.end and token.text[0].isalnum()]
    if len(words) <= SHORT:
        return within
    windows = within, around or within
    if first is not None and (yield _without(text, windows, first)):
        return first
    spans = [Statement(word.start, word.end) for word in words]
    for stretch in _stretches(spans, worth([word.text.lower() for word in words])):
        if (yield _without(text, windows, stretch)):
            return stretch
    return within


def _stretches(spans: list[Statement], worth: NDArray[np.float32]) -> Iterator[Statement]:
    lengths = [length for length in (*LENGTHS, *range(LENGTHS[-1] + 3, len(spans), 3)) if length < len(spans)]
    summed = np.concatenate([[0.0], np.cumsum((worth - worth.min()).astype(np.float64))])
    for length in lengths:
        best = int((summed[length:] - summed[:-length]).argmax())
        yield Statement(spans[best].start, spans[best + length - 1].end)


def _without(text: str, windows: tuple[Statement, Statement], span: Statement) -> Left:
    first, second = (text[one.start : span.start] + text[span.end : one.end] for one in windows)
    return first, second
