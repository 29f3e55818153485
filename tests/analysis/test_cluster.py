"""Reviewed passages on an office's Dask cluster: the same bytes, also when a worker dies; never without protection."""

import os
import signal
from importlib.util import find_spec

import pytest

from analysis import tagging
from analysis.cluster import Cluster, ClusterRefused, Place, is_guarded
from analysis.codebook import load
from analysis.executing import Method, Serial
from analysis.pipeline.chunks import Chunk
from analysis.pipeline.tagger import Tagger
from tests.analysis.small_models import CORPUS
from tests.analysis.small_models import SAID as TAUGHT
from tests.conftest import ROOT
from tools import train_tagger

needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="the packages for a cluster are not installed")
SAID = ("Nobody rang me back for six weeks.", "The usher was kind. I waited for hours.", "See above 🕊️.")
IN_MEMORY_ONLY = {f"distributed.worker.memory.{name}": False for name in ("target", "spill", "pause", "terminate")}


def chunks(count, *, is_reviewed=True):
    said = [tuple(f"{text} It was number {number}." for text in SAID) for number in range(count)]
    return [(number, Chunk(texts, ("",) * len(texts), is_reviewed)) for number, texts in enumerate(said)]


@pytest.fixture(scope="module")
def method(tmp_path_factory):
    folder = tmp_path_factory.mktemp("no-models")
    return Method(folder, load(), Tagger.load(folder).id)


@pytest.fixture(params=["models of the tests", "models of set-up"])
def learned(request, models, tmp_path):
    """The method with models: small ones, and, where they were learned, those of set-up with their encoder."""
    folder = tmp_path if request.param == "models of the tests" else train_tagger.MODELS
    if folder is tmp_path:
        train_tagger.write(models, folder, CORPUS)
    tagger = Tagger.load(folder)
    if tagger.models is None:
        pytest.skip("No models were learned yet: python -m tools.train_tagger")
    return Method(folder, load(), tagger.id)


@pytest.fixture
def started(monkeypatch):
    """Starts a real cluster of two workers, each a process, with these settings."""
    import dask
    from distributed import LocalCluster

    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{ROOT / 'site'}")
    ends = []

    def start(**settings):
        ends.append(held := dask.config.set(settings))
        held.__enter__()
        cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
        ends.append(cluster)
        return cluster

    yield start
    for one in reversed(ends):
        one.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("tcp://127.0.0.1:8786", True),
        ("tcp://localhost:8786", True),
        ("tcp://[::1]:8786", True),
        ("tls://dask.example.org:8786", True),
        ("tcp://192.168.1.7:8786", False),
        ("tcp://dask.example.org:8786", False),
        ("tcp://127.0.0.1.example.org:8786", False),
        ("ws://127.0.0.1:8786", False),
        ("127.0.0.1:8786", False),
        ("tls://", False),
        ("", False),
    ],
)
def test_beyond_this_machine_only_tls_will_do(address, is_safe):
    assert is_guarded(address) == is_safe


def test_an_unprotected_address_is_refused_before_anything_is_sent(method):
    with pytest.raises(ClusterRefused, match="tls:// with certificates"):
        Cluster(Place("tcp://192.168.1.7:8786"), method)


def test_tls_needs_all_its_certificates(method, tmp_path):
    (tmp_path / "ca.pem").touch()
    with pytest.raises(ClusterRefused, match=r"Missing: cert\.pem, key\.pem"):
        Cluster(Place("tls://dask.example.org:8786", tmp_path), method)


@pytest.mark.thorough
@needs_dask
def test_a_worker_killed_in_the_middle_changes_nothing(method, started):
    cluster, asked = started(**IN_MEMORY_ONLY), chunks(60)
    with Cluster(Place(cluster.scheduler_address), method) as dask:
        victim, other = dask._client.run(os.getpid).values()
        assert victim != other != os.getpid()
        found = []
        for number, answer in enumerate(dask.run(asked)):
            found.append(answer)
            if number == 2:
                os.kill(victim, signal.SIGKILL)
        assert victim not in dask._client.run(os.getpid).values()
    assert repr(found) == repr(list(Serial(method.open()).run(asked)))


@pytest.mark.thorough
@needs_dask
def test_two_workers_with_models_give_the_bytes_of_one_process(learned, started):
    asked = chunks(6) + [(text, Chunk((text, *SAID), ("",) * 4, is_reviewed=True)) for text in TAUGHT]
    with Cluster(Place(started(**IN_MEMORY_ONLY).scheduler_address), learned) as dask:
        found = list(dask.run(asked))
    assert repr(found) == repr(list(Serial(learned.open()).run(asked)))
    assert any(one.source == "model" for _, seen in found for text in seen for one in text.tags)


@pytest.mark.thorough
@needs_dask
def test_unreviewed_words_and_workers_that_write_to_disk_are_refused(method, started):
    cluster = started(**IN_MEMORY_ONLY)
    with Cluster(Place(cluster.scheduler_address), method) as dask, pytest.raises(ClusterRefused, match="stay on this"):
        list(dask.run(chunks(1, is_reviewed=False)))
    spilling = started(**{"distributed.worker.memory.target": 0.6, "distributed.worker.memory.spill": 0.7})
    with pytest.raises(ClusterRefused, match="may write to disk"):
        Cluster(Place(spilling.scheduler_address), method)


@needs_dask
def test_without_a_scheduler_passages_are_read_here_and_the_log_says_why(method, settings, monkeypatch, caplog):
    monkeypatch.setattr("analysis.cluster.SECONDS_TO_ANSWER", 1)
    monkeypatch.setattr(tagging, "WORTH_PROCESSES", 3)
    settings.HEARD_DASK, settings.HEARD_PROCESSES = "tcp://127.0.0.1:9", 1
    assert tagging.far(method.open(), 2).name == tagging.far(method.open(), 3).name == "serial"
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in caplog.text
