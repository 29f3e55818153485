"""Which tagger this installation uses, and where it runs: rules of a codebook, and what was learned, once it was."""

import logging
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from analysis import executing
from analysis.codebook import Codebook
from analysis.executing import Executor, Method, Processes, Serial
from analysis.pipeline import Analysis
from analysis.pipeline.tagger import Tagger

logger = logging.getLogger(__name__)
WORTH_PROCESSES = 400  # texts; processes take some seconds to begin


def analyse(text: str, codebook: Codebook, *, asked: str = "") -> Analysis:
    """The statements of a text and the themes in them, by rules and models; see `analysis.pipeline.tagger`."""
    return tagger(codebook).tag([text], [asked])[0]


def analyse_all(texts: Sequence[str], codebook: Codebook) -> list[Analysis]:
    """What `analyse` says of each text; many at a time go faster."""
    return tagger(codebook).tag(texts)


def method_id(codebook: Codebook) -> str:
    """The name of the method that `analyse` now is, as every run records it."""
    return tagger(codebook).id


def tagger(codebook: Codebook) -> Tagger:
    """The tagger for a codebook; opened again when models were learned meanwhile."""
    return executing.opened(Path(settings.HEARD_MODELS_DIR), codebook)


def near(tagger: Tagger, texts: int) -> Executor:
    """Where so many texts are tagged on this machine: in processes of their own where that is worth it."""
    count = settings.HEARD_PROCESSES
    if count < 2 or texts < WORTH_PROCESSES:
        return Serial(tagger)
    return Processes(_method(tagger), count)


def far(tagger: Tagger, texts: int) -> Executor:
    """Where so many reviewed passages are tagged: the office's cluster if it has one and that can be used."""
    if not settings.HEARD_DASK or texts < WORTH_PROCESSES:
        return near(tagger, texts)
    from analysis.cluster import Cluster, ClusterRefused, Place  # noqa: PLC0415 - only where there is a cluster

    folder = settings.HEARD_DASK_CERTIFICATES
    try:
        return Cluster(Place(settings.HEARD_DASK, Path(folder) if folder else None), _method(tagger))
    except ClusterRefused as refusal:
        logger.warning("Passages are read on this machine. %s", refusal)
        return near(tagger, texts)


def _method(tagger: Tagger) -> Method:
    return Method(Path(settings.HEARD_MODELS_DIR), tagger.codebook, tagger.id)
