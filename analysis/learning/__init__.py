"""Learning labels from labelled texts: features, linear models, calibration, thresholds, and how good they are.

Pure: texts and arrays in, arrays out. No Django, clock or network; nothing here knows what a label means.
"""

from analysis.learning.multilabel import Labelled, Learned, Settings, learn

__all__ = ["Labelled", "Learned", "Settings", "learn"]
