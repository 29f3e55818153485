"""Headers every page carries."""

import pytest
from django.test import Client

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
