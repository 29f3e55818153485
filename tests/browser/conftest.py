"""A real Chromium before a real server: what every browser test shares."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import sync_playwright

from tools import govuk_assets

# Playwright's synchronous interface runs inside an event loop, which Django takes for an asynchronous caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def govuk_css():
    """GOV.UK Frontend where the test server looks for it: from this checkout's `var/`, or built as `make run` does."""
    target = Path(django_settings.VAR) / "govuk"
    built = ROOT / "var" / "govuk"
    if (built / "govuk-frontend.min.css").exists():
        shutil.copytree(built, target, dirs_exist_ok=True)
    else:
        assert govuk_assets.main() == 0
    return target / "govuk-frontend.min.css"


@pytest.fixture(scope="session")
def chromium(govuk_css):
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """Opens a page on the live server: `open_page(width=360, javascript=False)`; its faults fail the test."""
    contexts, faults = [], []

    def opened(*, width: int = 360, javascript: bool = True, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 740},
            base_url=live_server.url,
            java_script_enabled=javascript,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda fault: faults.append(f"script: {fault}"))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.on(
            "request",
            lambda request: None if request.url.startswith(live_server.url) else faults.append(f"asked {request.url}"),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
