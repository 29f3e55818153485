"""Prints how well the model learns other people's codes: comments of patients, five folds, texts never in two.

    python -m tools.measure_learning COMMENTS.jsonl              the model beside plain logistic regression on words
    python -m tools.measure_learning COMMENTS.jsonl --without    also the model without each of its parts

Lines are {"text", "labels"} with an optional "sentiment"; labels with fewer than 20 texts are left out.
"""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from analysis.codebook import load
from analysis.learning import Labelled, Settings, learn
from analysis.learning.blocks import Texts, Weights
from analysis.learning.metrics import measure
from analysis.learning.multilabel import groups_of
from analysis.pipeline import facts
from analysis.pipeline.encoder import open_encoder

ROOT = Path(__file__).resolve().parents[1]
MODELS = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
FEWEST = 20
LARGEST = 20  # labels over which the second macro is taken
FOLDS = 5

Bools = NDArray[np.bool_]
Decide = Callable[[Labelled, Labelled], Bools]


def read(path: Path) -> Labelled:
    """The comments of a file with their frequent labels, most frequent first, and their features."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    often = Counter(label for line in lines for label in line["labels"]).most_common()
    labels = tuple(label for label, count in often if count >= FEWEST)
    said = [line["text"] for line in lines]
    vectors = open_encoder(MODELS, said).encode(said)
    given = np.array([[label in line["labels"] for label in labels] for line in lines], dtype=bool)
    return Labelled(Texts(said, vectors, facts.of_texts(said, load())), labels, given, groups_of(said))


def in_folds(examples: Labelled, decide: Decide, seed: int = 0) -> Bools:
    """What is decided of each comment by what was learned from the other folds."""
    drawn = np.random.default_rng(seed).permutation(int(examples.groups.max()) + 1) % FOLDS
    fold = drawn[examples.groups]
    said = np.zeros_like(examples.given)
    for number in range(FOLDS):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        said[test] = decide(examples.some(train), examples.some(test))
    return said


def by_model(settings: Settings) -> Decide:
    """Decides as `analysis.learning` does."""

    def decide(train: Labelled, test: Labelled) -> Bools:
        model = learn(train, settings)
        return model.decide(model.probabilities(test.texts))

    return decide


def by_words(weight: str | None) -> Decide:
    """Decides by one logistic regression on words for each label, its classes weighted or not."""

    def decide(train: Labelled, test: Labelled) -> Bools:
        words = TfidfVectorizer()
        counted, new = words.fit_transform(train.texts.texts), words.transform(test.texts.texts)
        lines = (LogisticRegression(max_iter=1000, class_weight=weight).fit(counted, has) for has in train.given.T)
        return np.stack([line.predict(new) for line in lines], axis=1)

    return decide


def row(name: str, examples: Labelled, decide: Decide) -> str:
    """One line of the table: the figures of all folds together."""
    begun = time.perf_counter()
    said = in_folds(examples, decide)
    figures = measure(examples.given, said, examples.labels, examples.groups)
    largest = np.mean([figures["labels"][label]["f1"] for label in examples.labels[:LARGEST]])
    low, high = figures["intervals"]["micro"]
    seconds = time.perf_counter() - begun
    every = f"{figures['micro']:.3f} ({low:.3f}-{high:.3f}) {largest:9.3f} {figures['macro']:9.3f}"
    return f"{name:34} {every} {figures['samples']:8.3f} {figures['exact']:6.3f} {figures['kappa']:6.3f} {seconds:7.0f}"


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 0 if the file could be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("comments", type=Path)
    parser.add_argument("--without", action="store_true", help="leave out each part in turn")
    options = parser.parse_args(arguments)
    if not options.comments.is_file():
        print(f"{options.comments} is not there; nothing was measured.")
        return 0
    with threadpool_limits(1):
        examples = read(options.comments)
        print(f"{len(examples.texts)} comments, {len(examples.labels)} labels, {FOLDS} folds")
        print(f"{'':34} micro (95 %)        macro {LARGEST} macro all  samples  exact  kappa seconds")
        print(row("words, logistic regression", examples, by_words(None)))
        print(row("  its classes weighted", examples, by_words("balanced")))
        print(row("the model", examples, by_model(Settings())), flush=True)
        for part in ("words", "letters", "meaning", "pairs", "facts") if options.without else ():
            less = Settings(weights=replace(Weights(), **{part: 0.0}))
            print(row(f"  without {part}", examples, by_model(less)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
