"""Tags texts with rules and models together: each theme has one of them to speak for it, and every tag says which."""

import logging
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.codebook import Codebook, load
from analysis.learning.saving import NotAModel
from analysis.pipeline import theme_models
from analysis.pipeline.answers import Answers
from analysis.pipeline.deletion import Search, carrier
from analysis.pipeline.reading import Read, parts, read_text
from analysis.pipeline.results import Analysis, Statement, Tag
from analysis.pipeline.rules import compile_rules
from analysis.pipeline.tag import PIPELINE_ID, analysed
from analysis.pipeline.theme_models import ThemeModels
from analysis.pipeline.windows import around, windows

logger = logging.getLogger(__name__)
Windows = tuple[Statement, ...]


class Tagger:
    """Rules of one codebook, and what was learned at set-up, if it was. `id` names the method with its versions."""

    def __init__(self, codebook: Codebook, models: ThemeModels | None = None) -> None:
        self.codebook = codebook
        self.models = models
        slugs = {theme.slug for theme in codebook.themes}
        self.spoken_for = models.spoken_for & slugs if models else frozenset()
        self.id = f"{PIPELINE_ID}+{models.id}" if models else PIPELINE_ID

    @classmethod
    def load(cls, models: Path, codebook: Codebook | None = None) -> "Tagger":
        """A tagger with the models of a folder; with rules alone, said in the log, if there are none to use."""
        shipped = load()
        try:
            return cls(codebook or shipped, theme_models.read(models, shipped))
        except NotAModel as problem:
            logger.warning("Themes are found by rules alone. %s", problem)
            return cls(codebook or shipped)

    def tag(self, texts: Sequence[str], asked: Sequence[str] = (), *, shows: bool = True) -> list[Analysis]:
        """The statements of each text and the themes in them; `asked` gives the valence that each question implies.

        Each text gets what it would get by itself; many at a time go faster, a few hundred use some megabytes. Where
        nobody will be shown the words, `shows` is False: a model's tag then stands for all of its statement, and the
        search for its words, the longest part of the work, is left out.
        """
        implied = asked or [""] * len(texts)
        book = compile_rules(self.codebook)
        read = [read_text(text, book) for text in texts]
        by_rule = [analysed(one, valence) for one, valence in zip(read, implied, strict=True)]
        if self.models is None:
            return by_rule
        looked_at = [windows(one.statements) for one in read]
        with threadpool_limits(1):
            answers = Answers(self.models, self._parts(texts, read, looked_at, self.models.known))
            sights = _sights(texts, by_rule, looked_at, answers, self.spoken_for)
            spans = _carriers(texts, sights, answers) if shows else [sight.window for sight in sights]
            placed = [*self._by_rule(by_rule), *map(_by_model, sights, spans)]
            tags = self._valued(placed, texts, looked_at, implied, answers)
        found: list[list[Tag]] = [[] for _ in texts]
        for one, tag in zip(placed, tags, strict=True):
            found[one.number].append(tag)
        return [_analysis(rules, of_text) for rules, of_text in zip(by_rule, found, strict=True)]

    def _parts(
        self, texts: Sequence[str], read: Sequence[Read], looked_at: Sequence[Windows], known: Codebook
    ) -> dict[str, Read]:
        """What was read of windows, if the models learned from the same rules."""
        if known.sha256 != self.codebook.sha256:
            return {}
        found: dict[str, Read] = {}
        for text, one, spans in zip(texts, read, looked_at, strict=True):
            found |= parts(text, one, spans)
        return found

    def _by_rule(self, found: Sequence[Analysis]) -> Iterator["_Placed"]:
        for number, analysis in enumerate(found):
            for tag in analysis.tags:
                if tag.theme not in self.spoken_for:
                    yield _Placed(number, tag, _statement(analysis.statements, tag))

    def _valued(
        self,
        placed: Sequence["_Placed"],
        texts: Sequence[str],
        looked_at: Sequence[Windows],
        asked: Sequence[str],
        answers: Answers,
    ) -> list[Tag]:
        """The tags, with the model's word on how it was wherever rules do not keep theirs."""
        by_rule = self.models.by_rule if self.models else frozenset()
        open_to = [one for one in placed if one.tag.ground not in by_rule]
        heard = [
            [texts[one.number][part.start : part.end] for part in _heard(one, looked_at[one.number])] for one in open_to
        ]
        valences = iter(answers.valences(heard, [asked[one.number] for one in open_to]))
        return [one.tag if one.tag.ground in by_rule else replace(one.tag, valence=next(valences)) for one in placed]


def _analysis(by_rule: Analysis, tags: list[Tag]) -> Analysis:
    return Analysis(by_rule.statements, tuple(sorted(tags, key=lambda tag: (tag.start, tag.end, tag.theme))))


@dataclass(frozen=True)
class _Placed:
    """A tag of one text, and the stretch in which rules or a model saw the theme."""

    number: int
    tag: Tag
    window: Statement


def _statement(said: Sequence[Statement], tag: Tag) -> Statement:
    return said[bisect_right([one.start for one in said], tag.start) - 1]


def _heard(one: _Placed, looked_at: Windows) -> Windows:
    """What a model of valence hears: the stretch, and a short text of several statements as a whole."""
    first, last = looked_at[0], looked_at[-1]
    is_whole = len(looked_at) > 1 and last.start == first.start
    return (one.window, last) if is_whole and last != one.window else (one.window,)


@dataclass(frozen=True)
class _Sight:
    """One theme that a model saw in one stretch of a text, and the rule match there, if there is one."""

    number: int
    column: int
    theme: str
    score: float
    window: Statement
    around: Statement
    matched: Tag | None


def _by_model(sight: _Sight, span: Statement) -> _Placed:
    told, ground = (sight.matched.valence, sight.matched.ground) if sight.matched else ("", "")
    tag = Tag(sight.theme, told, round(sight.score, 4), "model", span.start, span.end, ground)
    return _Placed(sight.number, tag, sight.window)


def _carriers(texts: Sequence[str], sights: Sequence[_Sight], answers: Answers) -> list[Statement]:
    """The words that carry each theme, looked for in all texts together."""
    answers.read_ahead(texts[number] for number in sorted({sight.number for sight in sights}))
    return answers.found([(sight.column, _search(texts[sight.number], sight, answers)) for sight in sights])


def _sights(
    texts: Sequence[str],
    by_rule: Sequence[Analysis],
    looked_at: Sequence[Windows],
    answers: Answers,
    spoken_for: frozenset[str],
) -> list[_Sight]:
    labels, thresholds = answers.models.themes.labels, answers.models.themes.thresholds
    ends = np.cumsum([0, *map(len, looked_at)])
    beside = [around(spans, len(one.statements)) for one, spans in zip(by_rule, looked_at, strict=True)]
    likely = answers.likely(
        [text[one.start : one.end] for text, spans in zip(texts, looked_at, strict=True) for one in spans],
        np.concatenate([ends[:0], *(end + numbers for end, numbers in zip(ends, beside, strict=False))]),
    )
    seen = (likely > thresholds) & np.array([theme in spoken_for for theme in labels])
    sights = []
    for number, (analysis, spans) in enumerate(zip(by_rule, looked_at, strict=True)):
        said = slice(ends[number], ends[number] + len(analysis.statements))
        for column, row in np.argwhere(seen[said].T).tolist():
            theme, window, whole = labels[column], spans[row], spans[beside[number][row]]
            score = float(likely[said][row, column])
            sights.append(_Sight(number, column, theme, score, window, whole, _match(analysis, theme, window)))
    return sights


def _match(by_rule: Analysis, theme: str, window: Statement) -> Tag | None:
    matched = (tag for tag in by_rule.tags if tag.theme == theme and window.start <= tag.start < window.end)
    return next(matched, None)


def _search(text: str, sight: _Sight, answers: Answers) -> Search:
    first = Statement(sight.matched.start, sight.matched.end) if sight.matched else None
    return carrier(text, sight.window, lambda words: answers.worth(words)[:, sight.column], first, sight.around)
