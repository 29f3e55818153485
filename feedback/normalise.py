"""Brings words into one form before they are judged and sealed, so that nothing invisible rides along."""

import re
import unicodedata

# Removed: controls except tab and new line; halves of surrogate pairs; marks that turn the reading direction, which can
# hide or reverse words on a moderator's screen; and characters without width, which can split a name so that no rule
# finds it. The joiners U+200C and U+200D stay: Persian, Panjabi and emoji need them.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
BLANK_ENDS = re.compile("\\A[\\s\u200c\u200d]+|[\\s\u200c\u200d]+\\Z")


def normalise(text: str) -> str:
    """The text composed (NFC), with plain line ends, without controls or blank ends; doing it twice changes nothing."""
    visible = UNWANTED.sub("", LINE_ENDS.sub("\n", text))
    return BLANK_ENDS.sub("", unicodedata.normalize("NFC", visible))
