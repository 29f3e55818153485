"""Prints how well rules, models and both together find themes in the blind set, and whether the words shown carry them.

    python -m tools.measure_tagger [MODELS]     MODELS is var/models unless given; learn them with tools.train_tagger

The blind set decides, theme by theme, who speaks. A figure for both together that is measured on the same texts
flatters itself, so it is also printed with each half of the texts judged by what the other half decided.
"""

import os
import random
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from analysis.codebook import Codebook, load
from analysis.learning import metrics
from analysis.learning.gate import taken_over
from analysis.learning.multilabel import groups_of
from analysis.pipeline import Analysis, Tag, theme_training
from analysis.pipeline.tagger import Tagger
from analysis.pipeline.theme_models import FOLDER, ThemeModels
from analysis.pipeline.theme_training import Bools, read_corpus
from tools import measure_valence
from tools.measure_tagging import Example, blind

ROOT = Path(__file__).resolve().parents[1]
MODELS = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
SEED = 0
DRAWS = 8  # random stretches for each tag
Cut = tuple[Tag, str]  # a tag, and what is left of its text


def side_by_side(coded: Sequence[Example], models: ThemeModels, codebook: Codebook) -> list[str]:
    """A line for each theme that somebody meant: F1 of rules, of the model, of both as gated, with intervals."""
    meant = theme_training.meant(coded, codebook)
    rules, model = theme_training.by_rules(coded, codebook), theme_training.by_model(coded, models)
    spoken = np.array([theme.slug in models.spoken_for for theme in codebook.themes])
    crossed = _crossed(meant, rules, model)
    ways = {"rules": rules, "model": model, "gated": np.where(spoken, model, rules), "gated by other half": crossed}
    core = np.array([theme.number is not None for theme in codebook.themes])
    lines = [f"{'':30}" + "".join(f"{name:>26}" for name in ways) + "   texts"]
    for number, theme in enumerate(codebook.themes):
        if meant[:, number].any():
            lines.append(_row(theme.slug, coded, meant, ways, np.arange(len(spoken)) == number))
    lines.append(_row("MICRO 13 core themes", coded, meant, ways, core))
    return [*lines, _row("MICRO all themes", coded, meant, ways, np.ones(len(spoken), dtype=bool))]


def _row(name: str, coded: Sequence[Example], meant: Bools, ways: dict[str, Bools], columns: Bools) -> str:
    groups = groups_of([one.text for one in coded])
    cells = []
    for said in ways.values():
        figures = metrics.measure(meant[:, columns], said[:, columns], ("x",) * int(columns.sum()), groups)
        low, high = figures["intervals"]["micro"]
        cells.append(f"{figures['micro']:10.3f} ({low:.2f}-{high:.2f})".rjust(26))
    return f"{name:30}{''.join(cells)}{int(meant[:, columns].sum()):>8}"


def _crossed(meant: Bools, rules: Bools, model: Bools) -> Bools:
    """What each half of the texts gets where the other half decided who speaks."""
    half = np.random.default_rng(SEED).permutation(len(meant)) % 2
    said = np.zeros_like(meant)
    for number in (0, 1):
        deciding, judged = half != number, half == number
        speaks = taken_over(meant[deciding], rules[deciding], model[deciding])
        said[judged] = np.where(speaks, model[judged], rules[judged])
    return said


def deletion(coded: Sequence[Example], found: Sequence[Analysis], tagger: Tagger) -> list[str]:
    """What becomes of tags when their words, or as many others, are taken out of statements twice as long."""
    chance = random.Random(SEED)  # noqa: S311 - a measurement, not a secret
    shown: list[Cut] = []
    anywhere: list[Cut] = []
    beside: list[Cut] = []
    for one, analysis in zip(coded, found, strict=True):
        for tag in analysis.tags:
            words = range(len(one.text[: tag.start].split()), len(one.text[: tag.end].split()))
            if len(analysis.statements) == 1 and len(one.text.split()) >= 2 * len(words):
                shown.append((tag, one.text[: tag.start] + one.text[tag.end :]))
                places = range(len(one.text.split()) - len(words) + 1)
                apart = [at for at in places if at + len(words) <= words.start or at >= words.stop]
                for choices, cuts in ((places, anywhere), (apart, beside)):
                    cuts += [
                        (tag, _less(one.text, chance.choice(choices), len(words))) for _ in range(DRAWS) if choices
                    ]
    tags = [(one, tag) for one, analysis in zip(coded, found, strict=True) for tag in analysis.tags]
    lengths = [len(one.text[tag.start : tag.end].split()) for one, tag in tags]
    whole = [tag.end - tag.start >= len(one.text.rstrip(".!? ")) for one, tag in tags]
    return [
        f"taken out of {len(shown)} statements, the words shown end {_ended(shown, tagger):.3f} of the tags,",
        f"as many words in a row at random {_ended(anywhere, tagger):.3f}, "
        f"{_ended(beside, tagger):.3f} where these leave the words shown alone ({DRAWS} draws each)",
        f"words shown: median {statistics.median(lengths)}, the whole text {np.mean(whole):.3f}",
    ]


def _less(text: str, at: int, words: int) -> str:
    said = text.split()
    return " ".join(said[:at] + said[at + words :])


def _ended(cuts: Sequence[Cut], tagger: Tagger) -> float:
    """The share of tags that are no longer found in what is left."""
    left = tagger.tag([text for _, text in cuts], shows=False)
    gone = [all(other.theme != tag.theme for other in one.tags) for (tag, _), one in zip(cuts, left, strict=True)]
    return float(np.mean(gone))


def cues(tagger: Tagger) -> list[str]:
    """How many cues of the codebook, each taken as a text, get the theme they define; then those that do not."""
    pairs = [(theme.slug, cue) for theme in tagger.codebook.themes for cue in theme.cues]
    found = tagger.tag([cue for _, cue in pairs])
    missed = [pair for pair, one in zip(pairs, found, strict=True) if pair[0] not in {tag.theme for tag in one.tags}]
    return [
        f"cues found {len(pairs) - len(missed)} of {len(pairs)}",
        *(f"    {slug}: {cue}" for slug, cue in missed),
    ]


def reliability(coded: Sequence[Example], models: ThemeModels, codebook: Codebook) -> str:
    """The mean gap between the probability of a tag and how often it is right, over tenths of probability."""
    meant = theme_training.meant(coded, codebook)
    said = np.stack([theme_training.likeliest(one.text, models) for one in coded])
    tenth = np.minimum((said * 10).astype(int), 9)
    gaps = [abs(said[tenth == n].mean() - meant[tenth == n].mean()) * (tenth == n).mean() for n in np.unique(tenth)]
    sure = said > models.themes.thresholds
    return (
        f"calibration error {sum(gaps):.4f}; tags said {said[sure].mean():.2f} likely, {meant[sure].mean():.2f} right"
    )


def main(models: Path = MODELS) -> int:
    """Print the tables; 0 also where nothing was learned yet."""
    codebook, coded = load(), blind()
    tagger = Tagger.load(models, codebook)
    if tagger.models is None:
        print("No models were learned yet: python -m tools.train_tagger")
        return 0
    print(f"BLIND: {len(coded)} texts; models speak for {len(tagger.spoken_for)} themes; F1 (95 %)")
    print("\n".join(side_by_side(coded, tagger.models, codebook)))
    print(reliability(coded, tagger.models, codebook), flush=True)
    found = tagger.tag([one.text for one in coded])
    print("VALENCE of themes rightly found in the blind set")
    print("\n".join(measure_valence.in_blind(coded, tagger.models)))
    print("VALENCE of written examples, five folds; texts never in two", flush=True)
    print("\n".join(measure_valence.in_examples(read_corpus(models / FOLDER).lessons, tagger.models)))
    print("\n".join(deletion(coded, found, tagger)))
    print("\n".join(cues(tagger)))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS))
