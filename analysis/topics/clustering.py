"""One run of clustering: vectors in, one label each out. BERTopic where there is enough, k-means where there is not."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import CountVectorizer
from threadpoolctl import threadpool_limits

Vectors = NDArray[np.float32]
Labels = NDArray[np.int64]
OUTSIDE = -1  # in no topic
NEIGHBOURS = 15
REDUCED = 5  # dimensions in which density is looked for
DIMENSIONS = 20  # for k-means
SMALLEST = 10  # statements
SMALLEST_SHARE = 100  # or one in a hundred
WORD = r"(?u)\b\w+\b"
DENSE = 5  # neighbours; fewer find more topics, which recur less


def smallest(statements: int) -> int:
    """How many statements a topic needs at least."""
    return max(SMALLEST, statements // SMALLEST_SHARE)


def by_bertopic(texts: Sequence[str], vectors: Vectors, seed: int) -> Labels:
    """Topics of BERTopic: UMAP, then HDBSCAN; statements in no dense place stay outside every topic."""
    # Slow to import, and only the one who looks for topics needs it.
    from bertopic import BERTopic  # noqa: PLC0415
    from hdbscan import HDBSCAN  # noqa: PLC0415
    from umap import UMAP  # noqa: PLC0415

    reducer = UMAP(
        n_neighbors=NEIGHBOURS, n_components=REDUCED, min_dist=0.0, metric="cosine", random_state=seed, n_jobs=1
    )
    clusters = HDBSCAN(min_cluster_size=smallest(len(texts)), min_samples=DENSE, core_dist_n_jobs=1)
    words = CountVectorizer(token_pattern=WORD)
    model = BERTopic(umap_model=reducer, hdbscan_model=clusters, vectorizer_model=words, verbose=False)
    with threadpool_limits(1):
        labels, _ = model.fit_transform(list(texts), embeddings=vectors)
    return np.asarray(labels, dtype=np.int64)


def by_kmeans(vectors: Vectors, number: int, seed: int) -> Labels:
    """Exactly so many topics, and every statement in one, also where it hardly belongs."""
    dimensions = min(DIMENSIONS, vectors.shape[1], len(vectors) - 1)
    with threadpool_limits(1):
        reduced = PCA(dimensions, random_state=seed).fit_transform(vectors)
        return KMeans(number, n_init=3, random_state=seed).fit_predict(reduced).astype(np.int64)


def on_a_plane(vectors: Vectors, seed: int) -> NDArray[np.float64]:
    """Two numbers from 0 to 1 for each vector, the widest spread first; what is alike lies near."""
    if len(vectors) < 2:
        return np.zeros((len(vectors), 2))
    dimensions = min(2, vectors.shape[1])
    with threadpool_limits(1):
        flat = PCA(dimensions, random_state=seed).fit_transform(vectors.astype(np.float64))
    flat = np.pad(flat, ((0, 0), (0, 2 - dimensions)))
    span = np.ptp(flat, axis=0)
    return (flat - flat.min(axis=0)) / np.where(span > 0, span, 1)
