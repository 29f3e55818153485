"""What a package above this one has the worker serve on a socket of its own, in an installation in parts."""

from collections.abc import Callable

Answer = Callable[[bytes], bytes]
# By the setting that names the socket.
served: dict[str, Answer] = {}


def serve(setting: str, answer: Answer) -> None:
    """Have the worker answer on the socket that the setting names as well."""
    served[setting] = answer
