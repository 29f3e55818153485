"""Somebody who answers the short survey over HTTP, with a browser that has no JavaScript."""

import http.client
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from tools.measure_journey import Browser
from tools.trial.set_up import CODE

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
WORD = re.compile(r'<li lang="en" translate="no">([a-z]+)</li>')
CHOICE = re.compile(r'type="(?:radio|checkbox)" id="[^"]*" name="answer" value="([^"]+)"')
FIELDS = {"place", "step", "token", "held", "grant"}
SENT = "Your answers have been sent"
FOUND = 200
SEE_OTHER = 303


class TurnedAway(Exception):
    """The site did not do what the form asked; the message says at which step, and what it answered."""


class SittingOver(TurnedAway):
    """There is no form to go on with: the answers were sent or deleted, and this browser was not told."""


@dataclass(frozen=True)
class Step:
    """One request: what it did, and its seconds."""

    name: str
    seconds: float


class Visitor:
    """One person with one text. `walk` goes the whole way; `words` are the six they took, if they did."""

    def __init__(self, port: int, text: str, *, takes_words: bool = True) -> None:
        self.browser = Browser(port)
        self.text = text
        self.takes_words = takes_words
        self.words = ""
        self.is_sent = False

    def walk(self) -> Iterator[Step]:
        """Each request in turn, until the page says that the answers were sent; again, to go on where it broke off.

        Raises:
            TurnedAway: if the site answers anything but the next page.
            OSError, HTTPException: if nobody answers.
        """
        if not self.browser.cookies:
            yield self._post("begin", {"survey": CODE})
        while not self.is_sent:
            page, seconds = self._page("page")
            self.is_sent = SENT in page
            yield Step("page", seconds)
            if not self.is_sent:
                yield from self._answer(page)

    def _answer(self, page: str) -> Iterator[Step]:
        marks = marks_of(page)
        if "token" not in marks:
            raise SittingOver("this sitting is over")
        place = marks.get("place", "")
        if place == ":words" and self.takes_words:
            yield from self._take_words(marks)
        elif place == ":words":
            yield self._post("skip words", {**marks, "button": "skip"})
        elif place == ":check":
            page, seconds = self._page("send", {**marks, "button": "send"})
            self.is_sent = SENT in page
            yield Step("send", seconds)
            if not self.is_sent:
                raise TurnedAway("send: not taken")
        else:
            button = "none" if place == ":who" else "continue"
            yield self._post("answer", {**marks, "button": button, **self._given(page)})

    def _given(self, page: str) -> dict[str, str]:
        choice = CHOICE.search(page)
        if choice:
            return {"answer": choice[1]}
        return {"answer": self.text} if 'name="answer"' in page else {}

    def _take_words(self, marks: dict[str, str]) -> Iterator[Step]:
        page, seconds = self._page("words shown", {**marks, "button": "give"})
        yield Step("words shown", seconds)
        words = " ".join(WORD.findall(page))
        page, seconds = self._page("words asked", {**marks_of(page), "button": "written"})
        yield Step("words asked", seconds)
        yield self._post("words taken", {**marks_of(page), "button": "retyped", "words": words})
        self.words = words

    def _page(self, name: str, data: dict[str, str] | None = None) -> tuple[str, float]:
        status, page, seconds = self.browser.ask("/form/", data)
        if status != FOUND:
            raise TurnedAway(f"{name}: {status}")
        return page, seconds

    def _post(self, name: str, data: dict[str, str]) -> Step:
        status, _, seconds = self.browser.ask("/form/", data)
        if status != SEE_OTHER:
            raise TurnedAway(f"{name}: {status}")
        return Step(name, seconds)


def marks_of(page: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page) if name in FIELDS}


def wait_for(port: int, *, seconds: float = 60) -> None:
    """Return when the site answers on this port again.

    Raises:
        TurnedAway: if it does not in time.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if Browser(port).ask("/form/")[0] < 500:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    raise TurnedAway(f"nothing answers on port {port}")
