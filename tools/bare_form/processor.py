"""What one request costs the processor: both forms asked in turns through WSGI, in one process and without a server.

Unlike seconds on a clock this hardly depends on what else the machine does. It leaves out the server, the network and
the waiting for the disk; those are in the rates.

python -m tools.bare_form.processor SESSION SURVEY_CODE [turns]    prints {form: {method: [seconds, ...]}} as JSON
"""

import io
import json
import sys
import time
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import django
from django.core.wsgi import get_wsgi_application

from tools.measure_journey import Browser, bare_steps, our_steps

WARM_UP = 60  # requests of each form before any is counted
AT_ONCE = 10  # requests of one form before it is the other's turn


class Processor(Browser):
    """A browser that calls the application and takes the seconds of processor time until the answer is whole."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        super().__init__(0)
        self.application = application

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, float]:
        """Status, body and processor seconds of one request."""
        answered: list[Any] = []
        environ = self._environ(path, urlencode(data or {}).encode(), "GET" if data is None else "POST")
        begun = time.process_time()
        response = self.application(environ, lambda *said: answered.extend(said))
        content = b"".join(response)
        response.close()  # type: ignore[attr-defined]
        taken = time.process_time() - begun
        status, headers = answered
        self.keep(value for name, value in headers if name == "Set-Cookie")
        return int(status.split()[0]), content.decode(), taken

    def _environ(self, path: str, body: bytes, method: str) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if method == "POST" else "",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": self.cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
        }


def main() -> None:
    """Ask both in turns and print what each request took."""
    django.setup()
    session, code, *rest = sys.argv[1:]
    turns = int(rest[0]) if rest else 40
    application = get_wsgi_application()
    asked = {
        "bare form": bare_steps(Processor(application), session),
        "question": our_steps(Processor(application), code),
    }
    taken: dict[str, dict[str, list[float]]] = {form: {"GET": [], "POST": []} for form in asked}
    for steps in asked.values():
        list(islice(steps, WARM_UP))
    for _ in range(turns):
        for form, steps in asked.items():
            for method, seconds in islice(steps, AT_ONCE):
                taken[form][method].append(seconds)
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
