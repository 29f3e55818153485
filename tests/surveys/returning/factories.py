"""The steps of taking words and of coming back with them, as a browser without JavaScript does them."""

import re
from html import unescape

from django.test import Client

from surveys.journey import places
from surveys.returning.words import known
from tests.surveys.journey.factories import Walker

WORD = re.compile(r'<li lang="en" translate="no">([a-z]+)</li>')
HELD = re.compile(r'name="held" value="([0-9a-f]+)"')
GRANT = re.compile(r'name="grant" value="([0-9a-f]+)"')


def shown(walker: Walker) -> list[str]:
    return WORD.findall(walker.text)


def held(walker: Walker) -> str:
    return HELD.search(walker.text)[1]


def take_words(walker: Walker) -> str:
    """Go to the offer, take six words, and type them back."""
    walker.go_to(places.WORDS)
    walker.press("give")
    words = " ".join(shown(walker))
    walker.press("written", held=held(walker))
    walker.press("retyped", held=held(walker), words=words)
    return words


def come_back(words: str) -> Walker:
    """Another browser on another day, with nothing but the words."""
    walker = Walker(Client(enforce_csrf_checks=True))
    walker._send({"return": "ask"})
    walker._send({"return": "go", "words": words})
    return walker


def ask(walker: Walker, step: str) -> Walker:
    """Press a button of the receipt's pages."""
    walker._send({"return": step, "grant": unescape(GRANT.search(walker.text)[1])})
    return walker


def other_than(words: str, *, at: int) -> str:
    """The same words with one exchanged for another word of the list."""
    parts = words.split()
    parts[at] = next(word for word in known() if word not in parts)
    return " ".join(parts)
