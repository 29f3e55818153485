"""The model that tells Roman Urdu and Panjabi from English; `tools/train_languages.py` says from what it learns."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from feedback.roman import LANGUAGES, grams

FEWEST_SENTENCES = 3


def learn(examples: Mapping[str, Sequence[Sequence[str]]], *, learned_from: str) -> str:
    """The learned file's text, from the words of each sentence under the tag of its language.

    One gram to a line, in order, so that a person can read what was learned: its rarity, then a weight for each of
    `LANGUAGES`.
    """
    said = [words for language in LANGUAGES for words in examples[language]]
    tags = np.array([language for language in LANGUAGES for _ in examples[language]])
    rarities = TfidfVectorizer(analyzer=grams, binary=True, min_df=FEWEST_SENTENCES)
    line = LogisticRegression(C=10, class_weight="balanced", max_iter=3000)
    line.fit(rarities.fit_transform(said), tags)
    columns = zip(rarities.get_feature_names_out(), rarities.idf_, line.coef_.T, strict=True)
    kept = ",\n".join(
        f"{json.dumps(gram)}: [{', '.join(f'{value:.2f}' for value in (rarity, *weights))}]"
        for gram, rarity, weights in sorted(columns, key=lambda column: str(column[0]))
    )
    intercepts = ", ".join(f"{value:.3f}" for value in line.intercept_)
    return f'{{\n"learned_from": "{learned_from}",\n"intercepts": [{intercepts}],\n"grams": {{\n{kept}\n}}\n}}\n'
