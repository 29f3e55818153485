"""What themes are learned from at set-up, and which of them models then speak for; `train_tagger` says when."""

from pathlib import Path

from analysis.codebook import Codebook
from analysis.codebook.examples import examples
from analysis.learning.gate import taken_over
from analysis.pipeline.encoder import MINILM, Encoder, MiniLM
from analysis.pipeline.theme_models import NoMeaning, ThemeModels
from analysis.pipeline.theme_training import Corpus, Lesson, by_model, by_rules, cues, meant, models_of
from tools.measure_tagging import Example, blind
from tools.measure_tagging import examples as statements_for_rules


def learned(codebook: Codebook, models: Path, corpus: Corpus) -> ThemeModels:
    """Learn themes and valences; a theme is spoken for by its model where that is no worse on the blind texts."""
    encoder: Encoder = MiniLM(models / MINILM) if (models / MINILM / "model.onnx").exists() else NoMeaning()
    silent = models_of(corpus.lessons, codebook, encoder)
    said = by_rules(corpus.blind, codebook), by_model(corpus.blind, silent)
    takes_over = taken_over(meant(corpus.blind, codebook), *said)
    return silent.speaking_for(slug for slug, does in zip(silent.themes.labels, takes_over, strict=True) if does)


def corpus(codebook: Codebook) -> Corpus:
    """Written statements, which are typical; and what rules were written to: cues, and statements to tune them."""
    written = [Lesson(one.text, frozenset(one.themes), one.valence if one.themes else "") for one in examples()]
    tuned = [lesson(one, is_typical=False) for one in statements_for_rules()]
    return Corpus((*written, *tuned, *cues(codebook)), tuple(map(lesson, blind())))


def lesson(one: Example, *, is_typical: bool = True) -> Lesson:
    """A coded statement as something to learn from or to be judged by."""
    valences = set(one.themes.values())
    return Lesson(one.text, frozenset(one.themes), valences.pop() if len(valences) == 1 else "", is_typical)
