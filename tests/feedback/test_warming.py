"""A serving process has its language detector ready before the first words come."""

import importlib
import sys
import threading
import time
from functools import cache

import pytest

from feedback import languages, warming


@pytest.mark.parametrize("name", ["config.wsgi", "config.asgi"])
def test_a_process_that_serves_loads_the_detector_without_being_asked(name, monkeypatch):
    monkeypatch.delitem(sys.modules, name, raising=False)
    languages._loaded.cache_clear()
    importlib.import_module(name)
    for thread in threading.enumerate():
        if thread.name == warming.NAME:
            thread.join(30)
    assert languages._loaded.cache_info().currsize == 1


def test_starting_does_not_wait_for_it(monkeypatch):
    held = threading.Event()
    monkeypatch.setattr(languages, "identifier", lambda: held.wait(30))
    thread = warming.start()
    try:
        assert thread.is_alive()
        assert thread.daemon
    finally:
        held.set()
        thread.join(30)


def test_a_text_that_comes_while_it_loads_waits_for_it_and_loads_nothing_twice(monkeypatch):
    loads = []

    @cache
    def slowly():
        time.sleep(0.05)
        loads.append(1)
        return "loaded"

    monkeypatch.setattr(languages, "_loaded", slowly)
    thread = warming.start()
    assert languages.identifier() == "loaded"
    thread.join(30)
    assert loads == [1]
