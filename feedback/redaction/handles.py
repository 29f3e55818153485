"""Finds user names that the name of a site or a phrase such as "posts as" announces."""

import re
from collections.abc import Iterator

from . import kinds
from .spans import Span

_FLAGS = re.IGNORECASE
_SITES = (
    r"insta|instagram|snap|snapchat|facebook|fb|tiktok|tik tok|twitter|telegram|discord|whatsapp|x-?box|playstation|psn"
    r"|tinder|onlyfans|youtube|reddit|kik|skype|gamertag|gamer ?tag|user ?name|handle|screen ?name"
)
_HANDLE = re.compile(
    rf"(?<!\w)(?:{_SITES})(?:'s)?(?: (?:account|name|handle|id|username|user|page|profile|tag))?"
    r"(?: (?:is|was|as|under|called|named|by|at))?[\s:=-]{1,3}(?:\()?@?(?P<value>[\w.-]{3,32})",
    _FLAGS,
)
_POSTS_AS = re.compile(
    r"(?<!\w)(?:posts?|posting|messages?|goes|known|signed in|logged in) (?:as|by|under)\s@?(?P<value>[\w.-]{3,32})",
    _FLAGS,
)


def find_handles(text: str) -> Iterator[Span]:
    """Yields announced user names that no dictionary word could be."""
    for pattern in (_HANDLE, _POSTS_AS):
        for match in pattern.finditer(text):
            value = match["value"].rstrip(".-")
            if _looks_made_up(value):
                yield Span(match.start("value"), match.start("value") + len(value), kinds.HANDLE)


def _looks_made_up(value: str) -> bool:
    """Whether a user name is no plain word: it has a digit, an underscore or a full stop inside."""
    return re.search(r"\d|_|\w\.\w", value) is not None and re.search(r"[^\W\d_]", value) is not None
