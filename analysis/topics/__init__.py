"""Finding topics nobody wrote into the codebook: what many statements have in common, and whether it is there again.

Pure: texts and vectors in, labels and words out; the seed is passed in. No Django, clock or network. BERTopic is
imported inside `clustering` only, when topics are looked for, because that alone takes seconds.
"""

from analysis.topics.cleaning import Cleaned, clean
from analysis.topics.discovery import Discovered, Mode, Settings, Topic, discover

__all__ = ["Cleaned", "Discovered", "Mode", "Settings", "Topic", "clean", "discover"]
