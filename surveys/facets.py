"""Other ways to meet the same question: Easy Read and sign language, frozen with it under the same id.

A picture or a film is named by a reference. While an editor works it is "house:police" (a drawing of ours), "image:12"
or "document:5" (the editors' libraries); publishing copies the file and names the copy by its content.
"""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How the questions are shown. Ids, values, routes and answers are the same in each."""

    STANDARD = "standard"
    EASY = "easy"
    SIGNED = "signed"


@dataclass(frozen=True)
class Easy:
    """A question in Easy Read: short words and the picture that stands before them."""

    label: str = ""
    hint: str = ""
    picture: str = ""
    alt: str = ""  # what the picture shows; empty where the words beside it say the same


@dataclass(frozen=True)
class Signed:
    """A question in sign language. The words on the page say the same as the film."""

    video: str = ""
    captions: str = ""
