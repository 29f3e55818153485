"""What stays on the device: a real profile on disk, fifty words typed, the exit, and then a search of every byte."""

import shutil
import sqlite3
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from surveys.definition import Definition, Kind, Question
from surveys.models import Draft
from tests.browser.conftest import CHROMIUM, QUIETLY
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import TAKE_PART, USES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Words no program writes by itself, so that a find can only be ours.
CANARIES = [f"quill{number:02}zanzi" for number in range(50)]
PAGES = 5
TEXTS = [" ".join(CANARIES[page::PAGES]) for page in range(PAGES)]
ASKED = Definition(
    "Five texts",
    (TAKE_PART, USES, *(Question(f"T-{page}", Kind.LONG_TEXT, f"Topical question {page}?") for page in range(PAGES))),
)
BACKWARDS = 10


@pytest.fixture
def profile(tmp_path, chromium):
    """Opens a browser on the same profile folder, as often as asked: `with profile() as page:`."""

    @contextmanager
    def opened(**options):
        path = next(found for name in CHROMIUM if (found := shutil.which(name)))
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=path, args=QUIETLY, **options
        )
        try:
            context.set_default_timeout(15_000)
            yield context.pages[0] if context.pages else context.new_page()
        finally:
            context.close()

    opened.folder = tmp_path / "profile"
    return opened


@pytest.fixture
def unprotected():
    """A tiny site that takes the same texts as such sites do: in the address, in the title, and to be kept by caches."""

    class Careless(BaseHTTPRequestHandler):
        def do_GET(self):
            said = parse_qs(urlsplit(self.path).query).get("answer", [""])[0]
            body = f"<title>{said}</title><form><textarea name=answer></textarea><button>Send</button></form><p>{said}"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Careless) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def found_in(folder) -> set[str]:
    """Which of the words are anywhere in the folder's files, as one or as two bytes a letter."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    forms = {word: (word.encode(), word.encode("utf-16-le")) for word in CANARIES}
    return {word for word, written in forms.items() if any(form in content for content in files for form in written)}


def history(folder) -> set[tuple[str, str]]:
    with sqlite3.connect(folder / "Default" / "History") as rows:
        return set(rows.execute("SELECT url, title FROM urls"))


def go_through(page, base: str):
    page.goto(f"{base}/how-was-it/")
    page.get_by_role("button", name="Start", exact=True).click()
    for name in ("Go on without saying", "Continue", "I am 16 or over: start"):
        page.locator(".heard-buttons").get_by_role("button", name=name).click()
    page.locator("[value=yes]").check()
    page.locator(".heard-buttons").get_by_role("button", name="Continue").click()
    for number, text in enumerate(TEXTS):
        skip_to_text(page)
        page.fill("#id_answer", text)
        if number < PAGES - 1:
            page.locator(".heard-buttons").get_by_role("button", name="Continue").click()
    page.keyboard.type(" and more")


def skip_to_text(page):
    """To the next text: nothing is said about uses, and return words are not taken."""
    while not page.locator("textarea#id_answer").count():
        page.locator(".heard-buttons button[value=skip]").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_nothing_typed_is_left_on_the_device(keys, profile, live_server, settings, javascript):
    settings.HEARD_EXIT_TARGET = f"{live_server.url}/privacy/"
    make_site(SurveyFactory(published=True, definition=ASKED))
    with profile(java_script_enabled=javascript) as page:
        go_through(page, live_server.url)
        assert CANARIES[PAGES - 1] in page.locator("#id_answer").input_value()
        page.locator("[data-exit]").click()
        page.wait_for_url(settings.HEARD_EXIT_TARGET)
        for _ in range(BACKWARDS):
            page.go_back()
            assert "quill" not in page.content()
            assert "Topical question" not in page.content()
        assert not Draft.objects.exists()
    with profile(java_script_enabled=javascript) as page:
        page.goto(f"{live_server.url}/form/")
        assert "There is nothing here" in page.content()
    assert found_in(profile.folder) == set()
    rows = history(profile.folder)
    assert (f"{live_server.url}/form/", "Your answers") in rows
    assert {title for _, title in rows} <= {"Your answers", "How was it?", "Privacy", ""}
    assert not [url for url, _ in rows if "?" in url or "Topical" in url]


def test_the_search_finds_them_where_nobody_took_care(profile, unprotected):
    with profile() as page:
        for text in TEXTS:
            page.goto(unprotected)
            page.fill("textarea", text)
            page.get_by_role("button", name="Send").click()
    assert found_in(profile.folder) == set(CANARIES)
