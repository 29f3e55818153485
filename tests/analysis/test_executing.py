"""The same bytes wherever chunks are tagged."""

import multiprocessing
import signal
import time

import pytest

from analysis import tagging
from analysis.codebook import load
from analysis.executing import Method, MethodDiffers, Processes, Serial, in_order
from analysis.pipeline import PIPELINE_ID, Analysis, Statement, Tag
from analysis.pipeline.chunks import Chunk, tag
from analysis.pipeline.merge import TextTag
from analysis.pipeline.tagger import Tagger
from tests.analysis.small_models import CORPUS
from tests.analysis.small_models import SAID as TAUGHT
from tools import train_tagger

SAID = (
    "Nobody rang me back for six weeks.",
    "The court was cold, but the usher was kind. I waited for hours.",
    "See above.",
    "",
    "They never told me the date of the trial 🕊️ and I had no interpreter.",
)
KEPT = []


def chunks(count=6, *, is_reviewed=True):
    return [
        (number, Chunk(SAID[number % 3 :], ("",) * len(SAID[number % 3 :]), is_reviewed)) for number in range(count)
    ]


@pytest.fixture(scope="module")
def tagger(tmp_path_factory):
    return Tagger.load(tmp_path_factory.mktemp("no-models"))


@pytest.fixture(scope="module")
def method(tagger, tmp_path_factory):
    return Method(tmp_path_factory.mktemp("no-models"), load(), tagger.id)


class Broken:
    """Fails on one text, with its words in the message."""

    id = PIPELINE_ID

    def tag(self, texts, asked=(), *, shows=True):
        if any("court" in text for text in texts):
            raise ValueError(texts)
        return [Analysis((Statement(0, 4),), (Tag("communication", "problem", None, "rule", 0, 4),)) for _ in texts]


def test_a_text_the_method_fails_on_is_none_and_stops_no_other(caplog):
    found = tag(Chunk(SAID, ("",) * len(SAID), is_reviewed=True), Broken())
    assert [one is None for one in found] == ["court" in text for text in SAID]
    assert "ValueError" in caplog.text
    assert "usher" not in caplog.text


def test_of_unreviewed_texts_no_place_of_a_word_is_given_back(tagger):
    (found,) = tag(Chunk(SAID[:1], ("",), is_reviewed=False), tagger)
    assert found.tags
    assert all(isinstance(one, TextTag) and not hasattr(one, "start") for one in found.tags)


def test_a_chunk_does_not_show_its_words():
    assert "rang" not in repr(Chunk(SAID, ("",) * len(SAID), is_reviewed=False))


def test_a_pool_of_processes_gives_the_bytes_of_one_process(tagger, method):
    asked = chunks() + chunks(is_reviewed=False)
    with Serial(tagger) as serial, Processes(method, 2) as pool:
        assert repr(list(pool.run(asked))) == repr(list(serial.run(asked)))


def test_a_pool_with_models_gives_the_words_of_reviewed_texts_as_one_process_does(models, tmp_path):
    train_tagger.write(models, tmp_path, CORPUS)
    learned = Method(tmp_path, load(), Tagger.load(tmp_path).id)
    asked = [
        (number, Chunk((f"{text} It was draughty all day.", text), ("", ""), True))
        for number, text in enumerate(TAUGHT)
    ]
    with Serial(learned.open()) as serial, Processes(learned, 2) as pool:
        found = list(pool.run(asked))
        assert repr(found) == repr(list(serial.run(asked)))
    assert any(one.source == "model" for _, seen in found for text in seen for one in text.tags)


@pytest.mark.thorough
def test_processes_end_with_the_one_that_began_them(method):
    """A child that starts a pool and is killed leaves nobody behind."""
    context = multiprocessing.get_context("spawn")
    told, tells = context.Pipe(duplex=False)
    parent = context.Process(target=_hold_a_pool, args=(method, tells))
    parent.start()
    children = told.recv()
    assert children
    assert all(_is_alive(pid) for pid in children)
    parent.kill()
    parent.join()
    deadline = time.monotonic() + 10
    while any(_is_alive(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_is_alive(pid) for pid in children)


def _hold_a_pool(method, tells):
    with Processes(method, 1) as pool:
        list(pool.run(chunks(1)))
        tells.send(list(pool._pool._processes))
        signal.pause()


def _is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 - no file of ours
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_pool_that_is_not_used_lets_its_process_end(method):
    context = multiprocessing.get_context("spawn")
    idle = context.Process(target=_keep_an_idle_pool, args=(method,))
    idle.start()
    idle.join(30)
    is_stuck = idle.is_alive()
    idle.kill()
    assert not is_stuck


def _keep_an_idle_pool(method):
    with Processes(method, 2) as pool:
        KEPT.append(pool)


def test_a_process_with_another_method_is_not_used(tmp_path):
    with pytest.raises(MethodDiffers, match="rules-v99 was asked for"):
        Method(tmp_path, load(), "rules-v99").open()


def test_few_texts_are_open_at_a_time():
    class Asked:
        def __init__(self, number):
            self.number = number

        def result(self):
            answered.append(self.number)
            return [self.number]

    asked, answered, most = [], [], []

    def asking():
        for number in range(10):
            asked.append(number)
            most.append(len(asked) - len(answered))
            yield number, Asked(number)

    assert list(in_order(asking(), ahead=3)) == [(number, [number]) for number in range(10)]
    assert max(most) == 4


def test_only_many_texts_are_worth_processes_of_their_own(tagger, settings):
    settings.HEARD_PROCESSES = 2
    few, many = tagging.near(tagger, tagging.WORTH_PROCESSES - 1), tagging.near(tagger, tagging.WORTH_PROCESSES)
    with few, many:
        assert (few.name, many.name) == ("serial", "2 processes")
    settings.HEARD_PROCESSES = 1
    assert tagging.near(tagger, 10**6).name == "serial"
