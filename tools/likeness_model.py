"""The model behind triage's likeness, and its threshold; `tools/train_triage.py` says from what."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline

from feedback.resemblance import grams

# Share 0-1 of harmless statements a likeness may mark; with the phrases it stays well under a quarter.
HARMLESS_MARKED = 0.15
FEWEST_STATEMENTS = 2
FOLDS = 5


def learn(danger: Sequence[str], harmless: Sequence[str], *, learned_from: str) -> str:
    """The learned file's text, from statements in the plain form of `wording.sentences`.

    One gram to a line, in order, so that a person can read what was learned.
    """
    texts = [*danger, *harmless]
    is_danger = np.array([1] * len(danger) + [0] * len(harmless))
    threshold = threshold_for(texts, is_danger)
    words, line = model().fit(texts, is_danger).named_steps.values()
    rows = sorted(zip(words.get_feature_names_out(), words.idf_, line.coef_[0], strict=True))
    kept = ",\n".join(f"{json.dumps(gram)}: [{rarity:.2f}, {weight:.3f}]" for gram, rarity, weight in rows)
    head = f'"learned_from": "{learned_from}",\n"intercept": {line.intercept_[0]:.3f},\n"threshold": {threshold:.3f},'
    return f'{{\n{head}\n"grams": {{\n{kept}\n}}\n}}\n'


def model() -> Pipeline:
    """A linear model of which words are there, rare ones counting for more."""
    words = TfidfVectorizer(analyzer=grams, binary=True, min_df=FEWEST_STATEMENTS)
    return make_pipeline(words, LogisticRegression(C=2, class_weight="balanced", max_iter=3000))


def threshold_for(texts: Sequence[str], is_danger: Any) -> float:
    """The log odds above which the allowed share of harmless statements lies, judged by models that never saw them."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    odds = cross_val_predict(model(), texts, is_danger, cv=folds, method="decision_function")
    return float(np.quantile(odds[is_danger == 0], 1 - HARMLESS_MARKED))
