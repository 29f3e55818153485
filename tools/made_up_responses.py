"""Writes as many distinct fictional responses as a measurement of speed needs, from the codebook's own statements.

Every third word follows from the two before it as in some statement, so that words are as common as people use them,
rules match about as often, and yet hardly a sentence comes twice for a memory of sentences to answer.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

WORDS = 30  # in a response; shortened from the last sentence
TRIES = 10_000  # one after another that bring nothing new
START, END = "", "."

Chain = dict[tuple[str, str], list[str]]


def responses(number: int, statements: Sequence[str], *, words: int = WORDS, seed: int = 0) -> Iterator[str]:
    """Yields `number` distinct texts of `words` words each; the same ones for the same statements and seed.

    Raises:
        ValueError: if these statements do not make as many.
    """
    chance = random.Random(seed)  # noqa: S311 - a measurement, not a secret
    chain = _chain(statements)
    seen: set[str] = set()
    for _ in range(number):
        tries = (_text(chain, words, chance) for _ in range(TRIES))
        text = next((text for text in tries if text not in seen), None)
        if text is None:
            raise ValueError(f"These statements make {len(seen)} texts of {words} words, not {number}.")
        seen.add(text)
        yield text


def _chain(statements: Sequence[str]) -> Chain:
    found: Chain = defaultdict(list)
    for statement in statements:
        said = statement.split()
        for first, second, third in zip([START, START, *said], [START, *said], [*said, END], strict=False):
            found[first, second].append(third)
    return dict(found)


def _text(chain: Chain, words: int, chance: random.Random) -> str:
    said: list[str] = []
    while len(said) < words:
        said += _sentence(chain, chance)
    return " ".join(said[:words]).rstrip(",;:. ") + END


def _sentence(chain: Chain, chance: random.Random) -> list[str]:
    first, second, said = START, START, []
    while (third := chance.choice(chain[first, second])) != END:
        said.append(third)
        first, second = second, third
    if not said[-1].endswith((".", "!", "?")):
        said[-1] += END
    return said
