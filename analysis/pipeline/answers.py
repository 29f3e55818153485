"""What models say of the texts of one chunk: each text is read and encoded once, however often it is asked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.learning.blocks import Texts
from analysis.learning.ridge import halved
from analysis.pipeline import valence_models
from analysis.pipeline.deletion import Left, Search
from analysis.pipeline.reading import Read
from analysis.pipeline.results import Statement
from analysis.pipeline.theme_models import ThemeModels
from analysis.pipeline.tokens import tokens


class Answers:
    """Remembers what models see of the texts of one chunk, and the worth of words in them.

    `read` has what was read of some of the texts, so that these are not read once more.
    """

    def __init__(self, models: ThemeModels, read: Mapping[str, Read]) -> None:
        self.models = models
        self.read = read
        self.worths: dict[str, NDArray[np.float32]] = {}
        self.rows: dict[str, int] = {}
        self.known: list[Texts] = []
        self.alone = {label: models.themes.only(label) for label in models.themes.labels}

    def likely(self, texts: Sequence[str], around: NDArray[np.intp]) -> NDArray[np.float32]:
        """How likely each theme is where that may be above its threshold, else about 0; float32 (texts, themes).

        `around` gives for each text the number of the one it is judged with, which may be itself.
        """
        return self.models.themes.likely(self._features(texts), around)

    def valences(self, places: Sequence[Sequence[str]], asked: Sequence[str]) -> list[str]:
        """The valence for which most speaks in each place, which is one text or several that count alike."""
        texts = sorted({text for place in places for text in place})
        if not texts:
            return []
        model = self.models.valences
        each = valence_models.scores(
            model, valence_models.with_tones(self._features(texts), self.models.known, self.read)
        )
        rows = dict(zip(texts, each, strict=True))
        return valence_models.chosen(
            model.labels, np.stack([sum(rows[text] for text in place) for place in places]), asked
        )

    def found(self, searches: Sequence[tuple[int, Search]]) -> list[Statement]:
        """What each search ends with; each is for the theme of a column."""
        spans: dict[int, Statement] = {}
        asked: dict[int, Left] = {}
        replies: dict[int, bool | None] = dict.fromkeys(range(len(searches)))
        while replies:
            for number, reply in replies.items():
                try:
                    asked[number] = searches[number][1].send(reply)  # type: ignore[arg-type]  # None starts a search
                except StopIteration as ended:
                    spans[number] = ended.value
            replies = self._replies({number: (searches[number][0], left) for number, left in asked.items()})
            asked.clear()
        return [spans[number] for number in range(len(searches))]

    def _replies(self, asked: dict[int, tuple[int, Left]]) -> dict[int, bool | None]:
        if not asked:
            return {}
        blocks = self.models.themes.reader.read(self._features([text for _, left in asked.values() for text in left]))
        by_column: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row, (number, (column, _)) in enumerate(asked.items()):
            by_column[column].append((2 * row, number))
        gone: dict[int, bool | None] = {}
        for column, pairs in by_column.items():
            alone = self.alone[self.models.themes.labels[column]]
            rows = np.array([row for row, _ in pairs], dtype=np.intp)
            scores = halved(*(alone.lines.scores(blocks.some(each)) for each in (rows, rows + 1)))
            is_gone = alone.sigmoids.probabilities(scores)[:, 0] < alone.thresholds[0]
            gone.update(zip([number for _, number in pairs], is_gone.tolist(), strict=True))
        return gone

    def read_ahead(self, texts: Iterable[str]) -> None:
        """Learn the worth of all words of texts that will be searched, at once."""
        self.worth([token.text.lower() for text in texts for token in tokens(text) if token.text[0].isalnum()])

    def worth(self, words: Sequence[str]) -> NDArray[np.float32]:
        """How much each word by itself speaks for each theme, float32 (words, themes); the encoder is not asked."""
        new = sorted(set(words) - self.worths.keys())
        if new:
            themes = self.models.themes
            no_meaning = np.zeros((len(new), len(themes.reader.middle)), dtype=np.float32)
            no_facts = np.zeros((len(new), self.models.fact_columns), dtype=np.float32)
            counted = themes.reader.read(Texts(new, no_meaning, no_facts)).counted @ themes.lines.counted
            self.worths.update(zip(new, counted * themes.reader.words.rarity_of(new)[:, None], strict=True))
        return np.array([self.worths[word] for word in words])

    def _features(self, texts: Sequence[str]) -> Texts:
        new = sorted(set(texts) - self.rows.keys())
        for row, text in enumerate(new, len(self.rows)):
            self.rows[text] = row
        if new or not self.known:
            self.known.append(self.models.features(new, self.read))
            if len(self.known) > 1:
                self.known = [_joined(self.known)]
        return self.known[0].some(np.array([self.rows[text] for text in texts], dtype=np.intp))


def _joined(parts: Sequence[Texts]) -> Texts:
    return Texts(
        [text for part in parts for text in part.texts],
        np.concatenate([part.vectors for part in parts]),
        np.concatenate([part.facts for part in parts]),
    )
