"""Loads, when a serving process starts, what the first words sent to it would otherwise wait for."""

import threading

from feedback import languages, learned

NAME = "warming"


def start() -> threading.Thread:
    """Load it on a thread of its own, so that pages are served meanwhile; a first text waits for what is left."""
    thread = threading.Thread(target=warm, name=NAME, daemon=True)
    thread.start()
    return thread


def warm() -> None:
    """Read the language detector's data and what this installation learned at set-up."""
    languages.identifier()
    learned.roman_letters()
    learned.likeness()
