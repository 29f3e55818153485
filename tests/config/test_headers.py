"""Headers every page carries."""

import pytest
from django.http import HttpResponse
from django.test import Client

from config.middleware import PREVIEW_POLICY, PUBLIC_POLICY, STAFF_POLICY, quiet_headers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/staff/sign-in/", "/reports/", "/nowhere/"])
def test_no_page_may_be_kept_framed_or_traced(client: Client, address: str):
    response = client.get(address)
    assert response["Cache-Control"] == "no-store" or "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "default-src" in response["Content-Security-Policy"]


def test_public_pages_allow_nothing_inline(client: Client):
    policy = client.get("/nowhere/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", ["/admin/", "/staff/sign-in/", "/reports/", "/nowhere/"])
def test_no_page_lets_a_script_stand_in_it(client: Client, address: str):
    policy = dict(rule.strip().split(" ", 1) for rule in client.get(address)["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == "'self'"


def test_only_a_preview_of_the_public_pages_may_stand_in_a_frame(rf):
    inner = quiet_headers(lambda request: HttpResponse("a page"))
    preview = quiet_headers(lambda request: inner(rf.get("/how-was-it/")))(rf.get("/admin/pages/1/edit/preview/"))
    assert preview["Content-Security-Policy"] == PREVIEW_POLICY
    assert inner(rf.get("/how-was-it/"))["Content-Security-Policy"] == PUBLIC_POLICY
    assert inner(rf.get("/admin/"))["Content-Security-Policy"] == STAFF_POLICY
