"""The control that topics are measured against: non-negative factors of weighted words, with no meaning in them."""

from collections.abc import Sequence

import numpy as np
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfTransformer
from threadpoolctl import threadpool_limits

from analysis.topics.clustering import OUTSIDE, Labels
from analysis.topics.words import cutter

LEAST_TEXTS = 2  # that say a word


def by_nmf(texts: Sequence[str], number: int, seed: int) -> Labels:
    """So many topics at most: each text goes to its strongest factor, or to -1 if it has no shared word."""
    counting = cutter().set_params(min_df=LEAST_TEXTS)
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counting.fit_transform(texts))
    with threadpool_limits(1):
        strength = NMF(number, init="nndsvda", random_state=seed, max_iter=400).fit_transform(weighted)
    return np.where(strength.max(axis=1) > 0, strength.argmax(axis=1), OUTSIDE).astype(np.int64)
