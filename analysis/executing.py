"""Where chunks are tagged: in this process or in a pool of processes; `analysis.cluster` is a third place.

Words travel to a pool through pipes, in memory. An executor pulls the next chunk only when somebody can take it up, so
that few texts are open at a time, and gives back results in the order of the chunks.
"""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.connection import wait
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Protocol, TypeVar

from threadpoolctl import threadpool_limits

from analysis.codebook import Codebook
from analysis.pipeline.chunks import Chunk, Seen, Tags, tag
from analysis.pipeline.tagger import Tagger
from analysis.pipeline.theme_models import in_use, learned_from

Key = TypeVar("Key")
Found = list[Seen | None]


class MethodDiffers(Exception):
    """Another process would tag otherwise than this one; the message says what both call their method."""


@dataclass(frozen=True)
class Method:
    """What a process needs to tag as this one does: models, codebook, and the id that both must come to."""

    models: Path
    codebook: Codebook = field(repr=False)
    id: str

    def open(self) -> Tagger:
        """The tagger. Raises MethodDiffers where the models in that folder are not those meant."""
        tagger = opened(self.models, self.codebook)
        if tagger.id != self.id:
            raise MethodDiffers(f"Here the method is {tagger.id}, but {self.id} was asked for.")
        return tagger


def opened(models: Path, codebook: Codebook) -> Tagger:
    """The tagger for a codebook; opened again when models were learned meanwhile."""
    return _opened(models, learned_from(in_use(models)), _Held(codebook))


class Executor(Protocol):
    """Tags chunks somewhere; used within `with`. `name` is recorded with the run."""

    name: str

    def __enter__(self) -> "Executor": ...

    def __exit__(self, *_: object) -> None: ...

    def run(self, chunks: Iterable[tuple[Key, Chunk]]) -> Iterator[tuple[Key, Found]]:
        """What was found in each chunk, in their order, with the key it came with."""
        ...


class Serial(AbstractContextManager["Serial"]):
    """Tags in this process, one chunk after the other."""

    name = "serial"

    def __init__(self, tagger: Tags) -> None:
        self.tagger = tagger

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""

    def run(self, chunks: Iterable[tuple[Key, Chunk]]) -> Iterator[tuple[Key, Found]]:
        """See `Executor`."""
        return ((key, tag(chunk, self.tagger)) for key, chunk in chunks)


class Processes(AbstractContextManager["Processes"]):
    """Tags in processes of their own, which hold no private key and no database, and end when this one does."""

    def __init__(self, method: Method, count: int) -> None:
        self.name = f"{count} processes"
        self.count = count
        # Spawned, not forked: a fork would carry the private keys and connections of this process along.
        context = multiprocessing.get_context("spawn")
        # Through a queue, because a large argument would hold up this process until the new one has loaded everything.
        methods = context.Queue()
        for _ in range(count):
            methods.put(method)
        # One that was never begun takes none: what is left must not keep this process from ending.
        methods.cancel_join_thread()
        self._pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(methods,))

    def __exit__(self, *_: object) -> None:
        """End the processes; what they have in hand is given up."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, chunks: Iterable[tuple[Key, Chunk]]) -> Iterator[tuple[Key, Found]]:
        """See `Executor`."""
        return in_order(((key, self._pool.submit(_tag_here, chunk)) for key, chunk in chunks), ahead=self.count + 1)


def in_order(asked: Iterable[tuple[Key, "Future[Found]"]], *, ahead: int) -> Iterator[tuple[Key, Found]]:
    """Each answer in turn; at most `ahead` questions are asked before the first is answered."""
    waiting: deque[tuple[Key, Future[Found]]] = deque()
    for pair in asked:
        waiting.append(pair)
        if len(waiting) > ahead:
            key, future = waiting.popleft()
            yield key, future.result()
    while waiting:
        key, future = waiting.popleft()
        yield key, future.result()


class _Held:
    """Carries a codebook through the cache, which goes by its sha256."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.codebook.sha256 == self.codebook.sha256

    def __hash__(self) -> int:
        return hash(self.codebook.sha256)


@lru_cache(maxsize=2)
def _opened(models: Path, _learned_from: str, held: _Held) -> Tagger:
    return Tagger.load(models, held.codebook)


_tagger: Tagger | None = None


def _begin(methods: "Queue[Method]") -> None:
    global _tagger
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    threadpool_limits(1)
    _tagger = methods.get().open()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


def _tag_here(chunk: Chunk) -> Found:
    assert _tagger is not None, "the process was not begun"  # noqa: S101 - the pool calls `_begin` first
    return tag(chunk, _tagger)
