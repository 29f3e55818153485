"""Prints how rightly patients' comments are told to be praise or complaint: as shipped, and learned in folds from them.

    python -m tools.measure_valence COMMENTS.jsonl

Lines are {"text", "sentiment"} with an optional "question"; sentiment goes from 1, best, to 5, worst. It is of
the comment as a whole and maps onto valences so: 1 and 2 are praise; 4 and 5 a problem, and so is what is told as a
suggestion; 3 is what is told as neutral or mixed. A comment without sentiment is left out. "As shipped" has seen none
of these comments. Each line gives the share told rightly and macro-F1, with 95 % intervals, then F1 of each valence.

`in_examples` and `in_blind` make the tables of `tools.measure_tagger`.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from analysis.codebook import Codebook, load
from analysis.learning import Labelled, learn, metrics
from analysis.learning.blocks import Texts
from analysis.learning.multilabel import groups_of
from analysis.pipeline import facts, valence
from analysis.pipeline.answers import Answers
from analysis.pipeline.reading import read_text
from analysis.pipeline.rules import compile_rules
from analysis.pipeline.tag import analyse
from analysis.pipeline.tagger import Tagger
from analysis.pipeline.theme_models import ThemeModels
from analysis.pipeline.theme_training import SETTINGS, Lesson, valences_of
from analysis.pipeline.valence_models import chosen, scores, with_tones
from tools.measure_learning import Bools, Decide, in_folds
from tools.measure_tagging import Example, by_theme, over_all

ROOT = Path(__file__).resolve().parents[1]
MODELS = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
SENTIMENT = {1: "praise", 2: "praise", 3: "neutral", 4: "problem", 5: "problem"}
COARSE = {"suggestion": "problem", "mixed": "neutral"}
ASKED = {"What was good?": "praise", "How could we improve?": "suggestion", "What could we do better?": "suggestion"}
FOLDS = 5
HEAD = f"{'':40} right (95 %)         macro-F1 (95 %)      F1 of each"


def row(name: str, texts: Sequence[str], meant: Sequence[str], said: Sequence[str]) -> str:
    """One line of a table; macro-F1 is over the valences that somebody meant."""
    labels = tuple(sorted(set(meant)))
    wanted, given = (np.array([[one == label for label in labels] for one in column]) for column in (meant, said))
    figures = metrics.measure(wanted, given, labels, groups_of(texts))
    spans = {name: "{:.3f}-{:.3f}".format(*figures["intervals"][name]) for name in ("exact", "macro")}
    cells = "".join(f" {figures[name]:.3f} ({span})".ljust(21) for name, span in spans.items())
    each = ", ".join(f"{label} {told['f1']:.2f} ({told['support']})" for label, told in figures["labels"].items())
    return f"{name:40}{cells} {each}"


def by_words(text: str, codebook: Codebook, asked: str = "") -> str:
    """How a text sounds by its good and bad words alone."""
    book = compile_rules(codebook)
    read = read_text(text, book).words
    markers = [hit for hit in book.hits(read.line, read.numbers()) if hit.kind == "marker"]
    return valence.of_words(markers, read, asked).valence


def in_examples(lessons: Sequence[Lesson], models: ThemeModels) -> list[str]:
    """Rules, model and both on the lessons that judge, each told by a model learned from the other folds.

    One row a lesson: it has one valence for all its themes. Where no rule finds a theme, good and bad words speak for
    the rules.
    """
    told = [one for one in lessons if one.valence]
    groups = groups_of([one.text for one in told])
    fold = np.random.default_rng(0).permutation(len(told))[groups] % FOLDS
    texts: list[str] = []
    meant: list[str] = []
    ways: dict[str, list[str]] = {"rules": [], "model": [], "both": []}
    for number in range(FOLDS):
        taught = [one for one, at in zip(told, fold, strict=True) if at != number]
        judged = [one for one, at in zip(told, fold, strict=True) if at == number and one.is_typical]
        model, by_rule = valences_of(taught, models.known, models.encoder)
        seen = with_tones(models.features([one.text for one in judged]), models.known)
        for one, said in zip(judged, chosen(model.labels, scores(model, seen), [""] * len(judged)), strict=True):
            rules, grounds = _by_rules(one, models.known)
            ways["rules"].append(rules)
            ways["model"].append(said)
            ways["both"].append(rules if grounds and grounds <= by_rule else said)
        texts += [one.text for one in judged]
        meant += [one.valence for one in judged]
    return [HEAD, *(row(name, texts, meant, said) for name, said in ways.items())]


def _by_rules(one: Lesson, codebook: Codebook) -> tuple[str, set[str]]:
    found = [tag for tag in analyse(one.text, codebook).tags if tag.theme in set(map(codebook.now, one.themes))]
    if not found:
        return by_words(one.text, codebook), set()
    return over_all({tag.valence for tag in found}), {tag.ground for tag in found}


def in_blind(coded: Sequence[Example], models: ThemeModels) -> list[str]:
    """Rules, model and both on the themes rightly found in the blind texts; a theme counts with its text."""
    book = models.known
    said = [one.text for one in coded]
    rules = [by_theme(analyse(text, book).tags) for text in said]
    model, both = (
        [by_theme(one.tags) for one in Tagger(book, by).tag(said)]
        for by in (replace(models, by_rule=frozenset()), models)
    )
    found = [(n, slug) for n, one in enumerate(coded) for slug in both[n] if slug in one.themes]
    own = [(n, slug) for n, one in enumerate(coded) for slug in rules[n] if slug in one.themes]
    tables = {
        "rules, on the themes they find": (own, [rules[n][slug] for n, slug in own]),
        "rules, on all themes found": (
            found,
            [rules[n].get(slug) or by_words(said[n], book) for n, slug in found],
        ),
        "model": (found, [model[n][slug] for n, slug in found]),
        "both": (found, [both[n][slug] for n, slug in found]),
    }
    return [
        HEAD,
        *(
            row(name, [said[n] for n, _ in places], [coded[n].themes[slug] for n, slug in places], given)
            for name, (places, given) in tables.items()
        ),
    ]


def read(path: Path) -> list[dict[str, Any]]:
    """The comments of a file that have a sentiment."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.get("sentiment") in SENTIMENT]


def in_comments(comments: Sequence[dict[str, Any]], models: ThemeModels) -> list[str]:
    """As shipped, with and without what the question implies; then learned in folds of these comments."""
    texts = [line["text"] for line in comments]
    asked = [ASKED.get(line.get("question", ""), "") for line in comments]
    meant = [SENTIMENT[line["sentiment"]] for line in comments]
    none = [""] * len(texts)
    answers = Answers(models, {})
    ways = {
        "as shipped: rules": [by_words(text, models.known) for text in texts],
        "as shipped: rules, and the question": [
            by_words(text, models.known, why) for text, why in zip(texts, asked, strict=True)
        ],
        "as shipped: model": answers.valences([[text] for text in texts], none),
        "as shipped: model, and the question": answers.valences([[text] for text in texts], asked),
    }
    lines = [row(name, texts, meant, [COARSE.get(one, one) for one in said]) for name, said in ways.items()]
    labels = tuple(sorted(set(meant)))
    given = np.array([[one == label for label in labels] for one in meant])
    vectors, found = models.encoder.encode(texts), facts.of_texts(texts, models.known)
    examples = Labelled(with_tones(Texts(texts, vectors, found), models.known), labels, given, groups_of(texts))
    learned: dict[str, Decide] = {
        "in folds: words, logistic regression": _by_regression(None),
        "in folds:   its classes weighted": _by_regression("balanced"),
        "in folds: the model": _by_model,
    }
    for name, decide in learned.items():
        lines.append(row(name, texts, meant, [labels[at] for at in in_folds(examples, decide).argmax(axis=1)]))
    return [HEAD, *lines]


def _by_model(train: Labelled, test: Labelled) -> Bools:
    model = learn(train, SETTINGS)
    return _one_each(scores(model, test.texts).argmax(axis=1), len(train.labels))


def _by_regression(weight: str | None) -> Decide:
    def decide(train: Labelled, test: Labelled) -> Bools:
        words = TfidfVectorizer()
        counted, new = words.fit_transform(train.texts.texts), words.transform(test.texts.texts)
        line = LogisticRegression(max_iter=1000, class_weight=weight).fit(counted, train.given.argmax(axis=1))
        return _one_each(line.predict(new), len(train.labels))

    return decide


def _one_each(at: Any, labels: int) -> Bools:
    return np.asarray(np.eye(labels, dtype=bool)[at])


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 0 also where there is no file, or nothing was learned yet."""
    (path,) = map(Path, sys.argv[1:] if arguments is None else arguments)
    models = Tagger.load(MODELS, load()).models
    if models is None or not path.is_file():
        print("Nothing was measured: there is no such file, or no model (python -m tools.train_tagger).")
        return 0
    comments = read(path)
    print(f"{len(comments)} comments with a sentiment; folds: {FOLDS}")
    with threadpool_limits(1):
        print("\n".join(in_comments(comments, models)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
