"""Shows the pictures and films of published versions, by the name of their content alone."""

import re
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from surveys import filing

RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
# What a browser that asks for the rest of a film gets at once.
LONGEST_PART = 2 * 1024 * 1024


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file, or the part of it a player asks for. It runs nothing and tells no other site where it was shown."""
    path = filing.path_of(name)
    if path is None:
        raise Http404
    kind = filing.TYPES[path.suffix]
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    response = _part(path, kind, int(asked[1]), asked[2]) if asked else FileResponse(path.open("rb"), content_type=kind)
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _part(path: Path, kind: str, start: int, end: str) -> HttpResponse:
    size = path.stat().st_size
    if start >= size or (end and int(end) < start):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    last = min(int(end) if end else size - 1, size - 1, start + LONGEST_PART - 1)
    with path.open("rb") as opened:
        opened.seek(start)
        part = opened.read(last - start + 1)
    return HttpResponse(part, status=206, content_type=kind, headers={"Content-Range": f"bytes {start}-{last}/{size}"})
