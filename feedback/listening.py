"""The worker's sockets: each hears callers on this machine, one at a time, and answers each once.

One belongs to the opener. A package above this one may have another served: see `feedback.beside`.
"""

import fcntl
import logging
import os
import socketserver
import threading
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import close_old_connections, connections

from feedback import wire
from feedback.beside import Answer

logger = logging.getLogger(__name__)
# A caller that sends nothing for this long is hung up on, because the next person waits behind it.
PATIENCE_SECONDS = 5
LONGEST_SOCKET_PATH = 107  # bytes; the kernel's limit for a Unix socket
STOP_CHECK_SECONDS = 0.2
# Closed to other accounts on one machine that is everything; where the parts stand apart each has an account of its
# own, and the socket is open to the group of the folder it lies in.
OWN_ACCOUNT, OWN_AND_GROUP = 0o177, 0o117


class OpenerNotStarted(Exception):
    """The opener cannot listen; the message says why and what to do."""


class _Handler(socketserver.BaseRequestHandler):
    """One call: read a request, answer it, hang up."""

    server: "Server"

    def handle(self) -> None:
        self.request.settimeout(PATIENCE_SECONDS)
        close_old_connections()
        try:
            wire.write(self.request, self.server.answer(wire.read(self.request, at_most=wire.LONGEST_REQUEST)))
        except (OSError, wire.BadMessage) as error:
            logger.warning("a call to %s was dropped: %s", self.server.called, type(error).__name__)
        finally:
            close_old_connections()


class Server(socketserver.UnixStreamServer):
    """Listens for callers on this machine; one server at a time may hold the socket."""

    def __init__(self, path: Path, answer: Answer) -> None:
        """Take the socket at `path`, mode 0600, or 0660 in an installation in parts.

        Raises:
            OpenerNotStarted: if another worker holds it, or its path is too long for a socket.
        """
        if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
            raise OpenerNotStarted(f"{path} is too long a path for a socket. Set HEARD_VAR to a shorter folder.")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.answer = answer
        self.called = path.stem
        self._lock = _hold(path.with_name(f"{path.name}.lock"))
        path.unlink(missing_ok=True)
        super().__init__(str(path), _Handler)

    def server_bind(self) -> None:
        """Bind, with the socket closed to every account that may not call from its first moment."""
        before = os.umask(OWN_ACCOUNT if settings.HEARD_PART == "all" else OWN_AND_GROUP)
        try:
            super().server_bind()
        finally:
            os.umask(before)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the signature is given
        """Say that, and nothing more: the standard handler prints a traceback, which could quote a text."""
        logger.error("a call to %s failed", self.called)

    def server_close(self) -> None:
        """Give up the socket and the lock."""
        super().server_close()
        Path(str(self.server_address)).unlink(missing_ok=True)
        self._lock.close()

    def start(self) -> threading.Thread:
        """Serve on a thread of its own until `shutdown`."""
        thread = threading.Thread(target=self._serve, name=self.called, daemon=True)
        thread.start()
        return thread

    def _serve(self) -> None:
        try:
            self.serve_forever(poll_interval=STOP_CHECK_SECONDS)
        finally:
            connections.close_all()


def _hold(path: Path) -> IO[bytes]:
    handle = path.open("wb")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise OpenerNotStarted("Another worker is already running here; it holds the opener's socket.") from None
    return handle
