"""Models that learn two themes in a moment, without the encoder."""

import numpy as np

from analysis.codebook import load
from analysis.learning import Labelled, Settings, learn
from analysis.learning.blocks import Texts
from analysis.learning.multilabel import groups_of
from analysis.pipeline import facts
from analysis.pipeline.theme_models import NoMeaning, ThemeModels
from analysis.pipeline.theme_training import Corpus, Lesson
from analysis.pipeline.valence_models import with_tones

PHONE = [
    "Nobody rang me back",
    "They never rang",
    "No news for weeks",
    "She rang every Friday",
    "Weeks without any news",
]
COLD = ["The court was draughty", "Draughty corridors all day", "Such a draughty room", "It was draughty in there"]
OTHER = ["The bus was late", "Happy new year", "My garden is lovely", "See above", "Thank you all", "No comment"]
SAID = [*PHONE, *COLD, *OTHER]
SLUGS = ("communication", "trial-information")
CORPUS = Corpus((Lesson(PHONE[0], frozenset({"communication"}), "problem"),), ())


def learned(labels, given, look=lambda seen, _: seen):
    texts = look(Texts(SAID, NoMeaning().encode(SAID), facts.of_texts(SAID, load())), load())
    return learn(Labelled(texts, labels, np.array(given), groups_of(SAID)), Settings())


def small_models():
    """Models of two themes, one of which they speak for."""
    themes = learned(SLUGS, [[text in PHONE, text in COLD] for text in SAID])
    valences = learned(("problem", "praise"), [["Friday" not in text, "Friday" in text] for text in SAID], with_tones)
    return ThemeModels(themes, valences, frozenset({"trial-information"}), NoMeaning(), load(), "themes-test")
