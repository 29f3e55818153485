"""The words that carry a theme in a statement: the shortest stretch without which the model no longer sees it."""

from collections.abc import Callable, Generator, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.pipeline.results import Statement
from analysis.pipeline.tokens import tokens

EACH = 12  # words up to which every length is tried; a reader should see at once what shows the theme
STEP = 3  # words between the lengths tried beyond
PLACES = 2  # of a length, those worth most
SHORT = 2  # words of a statement that is shown whole
SURE = 3  # words of a rule match that is tried before anything shorter
Worth = Callable[[Sequence[str]], NDArray[np.float32]]
Left = tuple[str, str]
Search = Generator[Left, bool, Statement]


def carrier(
    text: str, within: Statement, worth: Worth, first: Statement | None = None, around: Statement | None = None
) -> Search:
    """The shortest stretch of `within` whose removal ends the theme; all of it if none does.

    A search yields what is left of `within`, and of the words `around` that it is judged with, without a stretch, and
    is sent whether the theme is gone; so many searches can be answered together. `worth` says of words by themselves
    how much each speaks for the theme. Stretches are tried by length, of each length those worth most. `first`, the
    words that a rule matched, is tried before any that is as long, and before all if it is short.
    """
    words = [token for token in tokens(text) if within.start <= token.start < within.end and token.text[0].isalnum()]
    if len(words) <= SHORT:
        return within
    spans = [Statement(word.start, word.end) for word in words]
    tried = _stretches(spans, worth([word.text.lower() for word in words]))
    if first is not None:
        tried = _with_match(tried, first, sum(first.start <= word.start < first.end for word in words))
    windows = within, around or within
    for _, stretch in tried:
        if (yield _without(text, windows, stretch)):
            return stretch
    return within


def _stretches(spans: list[Statement], worth: NDArray[np.float32]) -> Iterator[tuple[int, Statement]]:
    summed = np.concatenate([[0.0], np.cumsum((worth - worth.min()).astype(np.float64))])
    for length in (*range(1, EACH + 1), *range(EACH + STEP, len(spans), STEP)):
        if length < len(spans):
            best = np.argsort(summed[:-length] - summed[length:], kind="stable")[:PLACES]
            yield from ((length, Statement(spans[at].start, spans[at + length - 1].end)) for at in best.tolist())


def _with_match(
    tried: Iterator[tuple[int, Statement]], match: Statement, words: int
) -> Iterator[tuple[int, Statement]]:
    is_due = True
    for length, stretch in tried:
        if is_due and (words <= SURE or length >= words):
            yield words, match
            is_due = False
        yield length, stretch
    if is_due:
        yield words, match


def _without(text: str, windows: tuple[Statement, Statement], span: Statement) -> Left:
    first, second = (text[one.start : span.start] + text[span.end : one.end] for one in windows)
    return first, second
