"""Tags reviewed passages on a Dask cluster that an office already runs. Sealed words never go there.

The cluster keeps what it is given in memory only: workers that may spill to disk are refused, and so is every address
beyond this machine that is not protected by certificates.
"""

import ipaddress
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from analysis.executing import Found, Key, Method, in_order
from analysis.pipeline.chunks import Chunk, tag

if TYPE_CHECKING:
    from distributed import Client
    from distributed.security import Security

CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
SECONDS_TO_ANSWER = 20
AHEAD = 4  # chunks for each worker, so that none waits for the next


class ClusterRefused(Exception):
    """The cluster cannot or must not be used; the message says why and what to do."""


@dataclass(frozen=True)
class Place:
    """Where the scheduler is, and the folder of the certificates it is reached with; None for this machine."""

    address: str
    certificates: Path | None = None

    def check(self) -> None:
        """Raise ClusterRefused unless words are safe on the way: TLS, or never beyond this machine."""
        if not is_guarded(self.address):
            raise ClusterRefused(
                f"{self.address} is not protected: beyond this machine use tls:// with certificates, not tcp://."
            )
        if self.address.startswith("tls://"):
            folder = self.certificates
            missing = [name for name in CERTIFICATES if folder is None or not (folder / name).is_file()]
            if missing:
                raise ClusterRefused(f"{self.address} needs certificates. Missing: {', '.join(missing)}.")


def is_guarded(address: str) -> bool:
    """Whether what goes to an address is encrypted, or does not leave this machine."""
    parts = urlsplit(address)
    if parts.scheme == "tls":
        return bool(parts.hostname)
    return parts.scheme == "tcp" and _is_loopback(parts.hostname or "")


class Cluster(AbstractContextManager["Cluster"]):
    """Tags on the workers of a scheduler. Raises ClusterRefused if they are not there or not safe."""

    name = "dask"

    def __init__(self, place: Place, method: Method) -> None:
        place.check()
        self.method = method
        self._client = _connected(place)
        try:
            self._check_workers()
        except ClusterRefused:
            self._client.close()
            raise

    def __exit__(self, *_: object) -> None:
        """Leave the cluster; what it has in hand is given up."""
        self._client.close()

    def run(self, chunks: Iterable[tuple[Key, Chunk]]) -> Iterator[tuple[Key, Found]]:
        """See `analysis.executing.Executor`. A worker that dies has its chunks done by another."""
        ahead = AHEAD * len(self._client.scheduler_info(n_workers=-1)["workers"])
        return in_order(((key, self._asked(chunk)) for key, chunk in chunks), ahead=ahead)

    def _asked(self, chunk: Chunk) -> Any:
        if not chunk.is_reviewed:
            raise ClusterRefused("Words that nobody has reviewed stay on this machine.")
        return self._client.submit(_tag_there, self.method, chunk, pure=False)

    def _check_workers(self) -> None:
        addresses = list(self._client.scheduler_info(n_workers=-1)["workers"])
        if not addresses:
            raise ClusterRefused("The Dask cluster has no workers. Start some, then try again.")
        if not all(is_guarded(address) for address in addresses):
            raise ClusterRefused("A worker of the Dask cluster is reached without TLS.")
        if any(self._client.run(_spills).values()):
            raise ClusterRefused(
                "The workers may write to disk. Start them with distributed.worker.memory.spill and .target off."
            )


def _connected(place: Place) -> "Client":
    try:
        from distributed import Client  # noqa: PLC0415 - an office without a cluster does not install it
    except ImportError:
        raise ClusterRefused(
            "The packages for a Dask cluster are not installed: python -m tools.install cluster"
        ) from None
    try:
        return Client(place.address, security=_security(place), timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, TimeoutError) as problem:
        raise ClusterRefused(f"No Dask scheduler answers at {place.address}: {type(problem).__name__}.") from None


def _security(place: Place) -> "Security | None":
    from distributed.security import Security  # noqa: PLC0415 - as above

    if place.certificates is None or not place.address.startswith("tls://"):
        return None
    ca, certificate, key = (str(place.certificates / name) for name in CERTIFICATES)
    return Security(tls_ca_file=ca, tls_client_cert=certificate, tls_client_key=key, require_encryption=True)


def _spills(dask_worker: Any) -> bool:
    """Whether a worker may write what it holds to its disk; run there."""
    memory = dask_worker.memory_manager
    return bool(memory.memory_target_fraction or memory.memory_spill_fraction)


def _tag_there(method: Method, chunk: Chunk) -> Found:
    """What a worker runs: the same function, with the same method or none."""
    return tag(chunk, method.open())


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
