"""Learns `feedback/data/triage_weights.json` from the fictional development statements: `python -m tools.train_triage`.

The threshold is set on statements the model did not see (five folds), at the share of harmless ones that may be marked.
The held-out statements are never read here.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from feedback.resemblance import WEIGHTS, grams  # noqa: E402 - needs the path above
from feedback.wording import sentences  # noqa: E402

CASES = ROOT / "tests" / "feedback" / "data" / "triage_cases.yaml"
# Share 0-1 of harmless statements a likeness may mark; with the phrases it stays well under a quarter.
HARMLESS_MARKED = 0.15
FEWEST_STATEMENTS = 2
FOLDS = 5


def main() -> int:
    """Learn, and write the file."""
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    danger = [text for said in cases["danger"].values() for text in said]
    texts = [" ".join(sentences(text)) for text in [*danger, *cases["benign"]]]
    is_danger = np.array([1] * len(danger) + [0] * len(cases["benign"]))
    threshold = threshold_for(texts, is_danger)
    WEIGHTS.write_text(written(model().fit(texts, is_danger), threshold), encoding="utf-8")
    print(f"Learned from {len(texts)} fictional statements; threshold {threshold:.3f}.")
    return 0


def model() -> Pipeline:
    """A linear model of which words are there, rare ones counting for more."""
    words = TfidfVectorizer(analyzer=grams, binary=True, min_df=FEWEST_STATEMENTS)
    return make_pipeline(words, LogisticRegression(C=2, class_weight="balanced", max_iter=3000))


def threshold_for(texts: list[str], is_danger: Any) -> float:
    """The log odds above which the allowed share of unseen harmless statements lies."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    odds = cross_val_predict(model(), texts, is_danger, cv=folds, method="decision_function")
    return float(np.quantile(odds[is_danger == 0], 1 - HARMLESS_MARKED))


def written(learned: Pipeline, threshold: float) -> str:
    """The file: one gram to a line, in order, so that a change can be read."""
    words, line = learned[0], learned[-1]
    rows = sorted(zip(words.get_feature_names_out(), words.idf_, line.coef_[0], strict=True))
    kept = ",\n".join(f"{json.dumps(gram)}: [{rarity:.2f}, {weight:.3f}]" for gram, rarity, weight in rows)
    sha256 = hashlib.sha256(CASES.read_bytes()).hexdigest()
    head = f'"cases_sha256": "{sha256}",\n"intercept": {line.intercept_[0]:.3f},\n"threshold": {threshold:.3f},'
    return f'{{\n{head}\n"grams": {{\n{kept}\n}}\n}}\n'


if __name__ == "__main__":
    sys.exit(main())
