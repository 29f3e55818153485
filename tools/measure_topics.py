"""Prints how well topics are found in coded comments, and how soon the watch notices a theme nobody has seen.

    python -m tools.measure_topics COMMENTS.jsonl            both
    python -m tools.measure_topics COMMENTS.jsonl --watch    only the watch

Lines are {"text", "labels"}. The labels only judge: neither topics nor watch see them.
"""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits
from tqdm import tqdm

from analysis.pipeline.encoder import Vectors, open_encoder
from analysis.topics.cleaning import clean
from analysis.topics.clustering import OUTSIDE, Labels, by_bertopic, by_kmeans
from analysis.topics.control import by_nmf
from analysis.topics.files import encode
from analysis.topics.recurring import agreement, recurring
from analysis.topics.watch import WEEKS_BEFORE, WEEKS_RECENT, watch
from analysis.topics.words import cutter, distinctive

ROOT = Path(__file__).resolve().parents[1]
MODELS = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
SEEDS = (0, 1000, 2000)
A_WEEK = 25  # statements the codebook does not cover
NUMBERS = (5, 10, 15, 20, 25, 30)
# Themes left out of the stream, then planted: frequent enough, and about one thing.
UNSEEN = (
    "Food & drink provision & facilities",
    "Supplying & understanding medication",
    "Activities & access to fresh air",
    "Transport to/ from services",
    "Contacting services",
    "Mental Health Act",
)
SPREAD = 4  # weeks over which a theme arrives
PATIENCE = 8  # weeks after its first statement in which it may be noticed
HALF = 0.5  # of an alarm's statements must be planted ones, or it is a false one
YEARS = 4  # of unchanged weeks


@dataclass(frozen=True)
class Comments:
    """Comments said once, with their vectors and labels."""

    texts: list[str] = field(repr=False)
    labels: list[list[str]]
    vectors: Vectors = field(repr=False)


def read(path: Path) -> Comments:
    """The comments of a file, cleaned and encoded."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [lines[row] for row in clean([line["text"] for line in lines]).kept]
    texts = [line["text"] for line in kept]
    with tqdm(total=len(texts), desc="Reading meaning", unit=" texts") as bar:
        vectors = encode(open_encoder(MODELS, texts), texts, bar.update)
    return Comments(texts, [line["labels"] for line in kept], vectors)


def coherence(texts: list[str], labels: Labels) -> float:
    """Mean normalised pointwise mutual information of every two of each topic's words, by text: -1 to 1."""
    counting = cutter().set_params(binary=True)
    said = csr_array(counting.fit_transform(texts)).tocsc()
    column = counting.vocabulary_
    scores = []
    for topic in distinctive(texts, labels):
        chosen = [column[word.word] for word in topic]
        together = (said[:, chosen].T @ said[:, chosen]).toarray() / len(texts)
        alone = np.diag(together)
        for one, other in zip(*np.triu_indices(len(chosen), 1), strict=True):
            both = together[one, other]
            scores.append(np.log(both / (alone[one] * alone[other])) / -np.log(both) if both else -1.0)
    return float(np.mean(scores)) if scores else float("nan")


def purity(labels: Labels, given: list[list[str]]) -> float:
    """Share of the statements in topics that have the label most frequent in their topic."""
    inside = 0
    for topic in range(int(labels.max(initial=OUTSIDE)) + 1):
        rows = np.flatnonzero(labels == topic)
        counted = Counter(label for row in rows for label in given[row])
        inside += counted.most_common(1)[0][1] if counted else 0
    return inside / max(int((labels != OUTSIDE).sum()), 1)


def row(name: str, runs: list[Labels], comments: Comments, labels: Labels | None = None) -> str:
    """One line of the table; `labels` are what is shown of the runs, the first run if left out."""
    shown = runs[0] if labels is None else labels
    number, outside = int(shown.max(initial=OUTSIDE)) + 1, float((shown == OUTSIDE).mean())
    figures = f"{agreement(runs):9.3f} {coherence(comments.texts, shown):9.3f} {purity(shown, comments.labels):7.3f}"
    return f"{name:38} {number:6} {outside:8.3f} {figures}"


def topics(comments: Comments) -> Iterator[str]:
    """The table of topics: BERTopic, what of it recurs, and with as many topics k-means and the control."""
    yield f"{len(comments.texts)} comments, {len(SEEDS)} runs"
    yield f"{'':38} topics outliers agreement coherence  purity"
    runs = [by_bertopic(comments.texts, comments.vectors, seed) for seed in tqdm(SEEDS, desc="BERTopic", unit=" runs")]
    yield row("BERTopic, one run", runs, comments)
    kept, _ = recurring(runs)
    yield row("BERTopic, what three runs share", runs, comments, kept)
    number = int(runs[0].max()) + 1
    yield row("k-means on meaning", [by_kmeans(comments.vectors, number, seed) for seed in SEEDS], comments)
    # The control begins from a fixed decomposition: its seed only fills noughts, so its runs are on drawn halves too.
    yield row("NMF on weighted words (control)", [by_nmf(comments.texts, number, seed) for seed in SEEDS], comments)
    yield from halves(comments, number)


def halves(comments: Comments, number: int) -> Iterator[str]:
    """Agreement on texts that two drawn samples of four fifths share: what another year's comments would change."""
    draw = np.random.default_rng(0)
    samples = [np.sort(draw.permutation(len(comments.texts))[: len(comments.texts) * 4 // 5]) for _ in range(2)]
    both = np.intersect1d(samples[0], samples[1])
    ways = {
        "BERTopic": lambda rows: by_bertopic([comments.texts[at] for at in rows], comments.vectors[rows], 0),
        "k-means": lambda rows: by_kmeans(comments.vectors[rows], number, 0),
        "NMF": lambda rows: by_nmf([comments.texts[at] for at in rows], number, 0),
    }
    for name, way in ways.items():
        pair = [way(rows)[np.searchsorted(rows, both)] for rows in samples]
        yield f"{name + ', samples of four fifths':38} {'':6} {'':8} {agreement(pair):9.3f}"


@dataclass(frozen=True)
class Stream:
    """Statements with the week in which each came."""

    vectors: Vectors = field(repr=False)
    weeks: NDArray[np.int64]
    planted_from: int  # row

    def alarms(self, weeks: range) -> list[tuple[int, float]]:
        """The weeks with a new alarm, and how much of it is planted; sharing a statement makes two alarms one."""
        told: set[int] = set()
        found = []
        for week in weeks:
            rows = np.flatnonzero((self.weeks <= week) & (self.weeks > week - WEEKS_RECENT - WEEKS_BEFORE))
            recent = self.weeks[rows] > week - WEEKS_RECENT
            alarm = watch(self.vectors[rows], recent, [int(at) for at in rows], seed=week)
            if alarm:
                said = {int(rows[at]) for at in alarm.rows}
                if not said & told:
                    found.append((week, float(np.mean([at >= self.planted_from for at in said]))))
                told |= said
        return found


def stream(comments: Comments, unseen: str, planted: int, seed: int, first: int) -> Stream:
    """A stream without one theme, and so many statements of it from week `first` on."""
    draw = np.random.default_rng(seed)
    has = np.array([unseen in given for given in comments.labels])
    usual = draw.permutation(np.flatnonzero(~has))[: A_WEEK * (WEEKS_BEFORE + WEEKS_RECENT + 52)]
    new = draw.permutation(np.flatnonzero(has))[:planted]
    # One comes at once: the delay is counted from it.
    came = first + np.concatenate([[0], draw.integers(0, SPREAD, max(len(new) - 1, 0))])[: len(new)]
    weeks = np.concatenate([np.arange(len(usual)) // A_WEEK, came])
    return Stream(comments.vectors[np.concatenate([usual, new])], weeks, len(usual))


def noticing(comments: Comments) -> Iterator[str]:
    """How many planted themes the watch notices by their number, how late, and its false alarms."""
    begins = WEEKS_BEFORE + WEEKS_RECENT
    known = [theme for theme in UNSEEN if sum(theme in given for given in comments.labels) >= NUMBERS[-1]]
    yield f"{A_WEEK} statements a week, {len(known)} unseen themes, each arriving within {SPREAD} weeks"
    yield f"{'statements':>12} {'noticed':>10} {'weeks until then':>18}"
    for number in NUMBERS:
        delays = []
        for at, theme in enumerate(tqdm(known, desc=f"{number} planted", leave=False)):
            heard = stream(comments, theme, number, at, begins).alarms(range(begins, begins + PATIENCE))
            meant = [week - begins for week, share in heard if share >= HALF]
            delays += meant[:1]
        late = f"{np.median(delays):g} (at most {max(delays)})" if delays else "-"
        yield f"{number:12} {len(delays):7}/{len(known)} {late:>18}"
    false = []
    for year in tqdm(range(YEARS), desc="unchanged years", leave=False):
        unchanged = stream(comments, "", 0, 100 + year, 0)
        false.append(len(unchanged.alarms(range(begins, begins + 52))))
    yield f"false alarms in 52 unchanged weeks, {YEARS} years: {', '.join(map(str, false))}"


def main(arguments: list[str] | None = None) -> int:
    """Print both tables; 0 also if there is no file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("comments", type=Path)
    parser.add_argument("--watch", action="store_true", help="only the watch")
    options = parser.parse_args(arguments)
    if not options.comments.is_file():
        print(f"{options.comments} is not there; nothing was measured.")
        return 0
    begun = time.perf_counter()
    with threadpool_limits(1):
        comments = read(options.comments)
        for line in () if options.watch else topics(comments):
            print(line, flush=True)
        for line in noticing(comments):
            print(line, flush=True)
    print(f"{time.perf_counter() - begun:.0f} seconds")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
