"""The wall around the tests: no call of Python's to another machine, nor a question to a name server, gets out."""

import ipaddress
import socket
import sys
from collections.abc import Callable

ADDRESSED = {"socket.connect", "socket.sendto", "socket.sendmsg"}
NAMED = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
# What was tried, also where the code under test caught the refusal.
tried: list[str] = []


class WayOut(Exception):
    """A test tried to reach another machine."""


def stands_for_here(host: object) -> bool:
    """Whether a host's name or address is this machine's own and asks no name server."""
    if isinstance(host, bytes):
        host = host.decode()
    if host in {None, "", "localhost", socket.gethostname()}:
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse an event that leads out; Python announces each before it happens, whichever module asks."""
    if event in ADDRESSED:
        family, address = arguments[0].family, arguments[1]
        if family in {socket.AF_INET, socket.AF_INET6} and address is not None and not stands_for_here(address[0]):
            refuse(f"{event} to {address[0]}")
    elif event in NAMED and not stands_for_here(arguments[0]):
        refuse(f"{event} of {arguments[0]}")


def refuse(what: str) -> None:
    tried.append(what)
    raise WayOut(f"a test tried to get out: {what}")


def asking_first(name: str) -> Callable[..., object]:
    """A method of sockets that is watched before it looks a host's name up: Python announces it only afterwards."""
    method = getattr(socket.socket, name)

    def watched(self: socket.socket, *arguments: object) -> object:
        watch(f"socket.{name.removesuffix('_ex')}", (self, arguments[-1]))
        return method(self, *arguments)

    return watched


def build() -> None:
    """Put the wall up, for as long as this process lasts: there is no way to take it down."""
    sys.addaudithook(watch)
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, asking_first(name))
