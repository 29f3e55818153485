"""Lets a few do something costly at once, a few more wait for a short while, and tells everyone else to come back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Busy(Exception):
    """Too many are doing or waiting for the same; in a moment there will be room."""


class Turns:
    """A door for `at_once`, with a bench for `waiting`, none of whom waits longer than `patience` seconds.

    Each process has its own door. With the two processes of `make run`, which answer one request at a time each, no
    more than two ever run; with more processes, or with threads, the machine's limit is `at_once` in each of them.
    """

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self._door = threading.BoundedSemaphore(at_once)
        self._bench = threading.BoundedSemaphore(at_once + waiting)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it for the block.

        Raises:
            Busy: if the bench is full, or no turn came in time.
        """
        if not self._bench.acquire(blocking=False):
            raise Busy
        try:
            if not self._door.acquire(timeout=self._patience):
                raise Busy
            try:
                yield
            finally:
                self._door.release()
        finally:
            self._bench.release()
