"""Which tagger this installation uses: rules of a codebook, and the models in its folder once they were learned."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from analysis.codebook import Codebook
from analysis.pipeline import Analysis
from analysis.pipeline.tagger import Tagger
from analysis.pipeline.theme_models import in_use, learned_from


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
    models = Path(settings.HEARD_MODELS_DIR)
    return _opened(models, learned_from(in_use(models)), _Held(codebook))


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
