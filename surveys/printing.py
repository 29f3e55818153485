"""The printed form: the same version as a page for paper, and as a tagged PDF where the system has Pango."""

import importlib
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from feedback.models import SupportService
from surveys import filing, formats
from surveys.definition import from_json
from surveys.equality import bank
from surveys.facets import Mode
from surveys.models import SurveyVersion
from surveys.sheet import sheet

# No such host: whatever the PDF shows comes from our own folders or is left out.
NOWHERE = "http://nowhere.invalid"


class NotOurs(ValueError):
    """A PDF asked for something that is not one of our own files."""


@cache
def can_make_pdf() -> bool:
    """Whether WeasyPrint works here, tried once: without the system's Pango it is installed and cannot be loaded."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def context(version: SurveyVersion, mode: str) -> dict[str, Any]:
    """What the sheet says, in this mode if the version offers it."""
    definition = from_json(version.definition)
    offered = formats.offered(definition)
    shown = mode if mode in offered else Mode.STANDARD
    presented = formats.presented(definition, shown)
    consultation = version.survey.consultation
    return {
        "version": version,
        "mode": shown,
        "title": presented.title,
        "entries": sheet(presented),
        # They have no Easy Read words, and nobody is handed half of a form they can read.
        "about_you": () if shown == Mode.EASY else bank.questions(consultation.organisation),
        "consultation": consultation,
        "organisation": consultation.organisation,
        "services": SupportService.objects.for_person(),
        "printed_on": timezone.localdate(),
        "has_easy_read": Mode.EASY in offered,
    }


def pdf(version: SurveyVersion, mode: str) -> bytes:
    """The sheet as a tagged PDF (PDF/UA)."""
    return _written(render_to_string("surveys/paper/pdf.html", context(version, mode)))


@lru_cache(maxsize=8)
def _written(html: str) -> bytes:
    """The PDF of this page. The same page is made once: it takes seconds, and anybody may ask for it."""
    weasyprint = importlib.import_module("weasyprint")  # optional, and slow to load
    urls = importlib.import_module("weasyprint.urls")

    class OwnFiles(urls.URLFetcher):  # type: ignore[name-defined]
        """Reads from our folders and never from a network."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - WeasyPrint's signature
            kind, content = own_file(url)
            return urls.URLFetcherResponse(url, content, {"Content-Type": kind})

    document = weasyprint.HTML(string=html, base_url=f"{NOWHERE}/", url_fetcher=OwnFiles())
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def own_file(url: str) -> tuple[str, bytes]:
    """The kind and the content of a file of ours: a stylesheet or drawing, or a picture of a published version.

    Raises:
        NotOurs: if the address leads anywhere else.
    """
    address = unquote(urlsplit(url).path)
    if not url.startswith(f"{NOWHERE}/") or ".." in address:
        raise NotOurs(url)
    pictures = reverse("journey:file", args=["x"]).removesuffix("x")
    if address.startswith(pictures) and (path := filing.path_of(address.removeprefix(pictures))):
        return filing.TYPES[path.suffix], path.read_bytes()
    found = finders.find(address.removeprefix("/own/")) if address.startswith("/own/") else None
    if not found:
        raise NotOurs(url)
    kind = "text/css" if found.endswith(".css") else "image/svg+xml"
    with open(found, "rb") as file:  # noqa: PTH123 - a path from Django, as text
        return kind, file.read()
