"""`HEARD_PART` chooses which addresses a process answers, which keys it finds and who it is to the database."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern

from config import environment, urls
from config.environment import Part
from config.signposts import signpost
from surveys.returning import proving

STAFF_ADDRESSES = ["admin/", "admin/surveys/survey/", "staff/", "staff/sign-in/", "reports/"]
PUBLIC_ADDRESSES = ["form/", "kept/", "leave", "about/"]


def resolver(part: Part) -> URLResolver:
    return URLResolver(RegexPattern(r"^"), urls.answered_by(part))


@pytest.mark.parametrize("address", STAFF_ADDRESSES)
def test_the_public_process_has_no_address_for_staff(address):
    assert resolver(Part.STAFF).resolve(address).func is not signpost
    found = resolver(Part.PUBLIC)
    try:
        match = found.resolve(address)
    except Resolver404:
        return
    # Wagtail's own last pattern takes any path and finds no page there.
    assert match.url_name == "wagtail_serve"


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_the_staff_process_only_points_to_public_pages(address):
    assert resolver(Part.PUBLIC).resolve(address).func is not signpost
    assert resolver(Part.STAFF).resolve(address).func is signpost


def test_staff_pages_can_still_name_public_addresses():
    staff = resolver(Part.STAFF)
    assert staff.reverse("kept") == "kept/"
    assert staff.namespace_dict["journey"][1].reverse("form") == ""


def test_the_worker_answers_nothing():
    assert urls.answered_by(Part.WORKER) == []


def test_one_process_answers_everything():
    for address in [*STAFF_ADDRESSES, *PUBLIC_ADDRESSES]:
        assert resolver(Part.ALL).resolve(address).func is not signpost


def test_a_signpost_leads_to_the_same_address_of_the_public_site(settings):
    settings.HEARD_PUBLIC_URL = "https://heard.example/"
    assert signpost(RequestFactory().get("/form/")).url == "https://heard.example/form/"
    assert signpost(RequestFactory().post("/form/")).status_code == 405


def test_a_signpost_without_a_public_site_is_no_page(settings):
    settings.HEARD_PUBLIC_URL = ""
    with pytest.raises(Http404):
        signpost(RequestFactory().get("/form/"))


@pytest.mark.django_db
def test_a_process_that_holds_no_keys_says_so(keys, settings):
    from feedback.keys import NoKeysHere, private_key

    assert private_key(keys)
    settings.HEARD_KEYS_DIR = None
    with pytest.raises(NoKeysHere, match="HEARD_PART=worker"):
        private_key(keys)


def test_words_are_not_proved_where_there_is_no_pepper(settings):
    settings.HEARD_PEPPER = None
    with pytest.raises(proving.NoPepperHere):
        proving.keyed(b"purpose", b"content")


def test_a_part_signs_in_under_its_own_name(tmp_path, monkeypatch):
    monkeypatch.setenv("HEARD_SECRETS", str(tmp_path))
    environment.write_private(tmp_path / "database-password", b"fictional password\n")
    given = environment.database("postgres://127.0.0.1/heard", tmp_path, Part.PUBLIC)
    assert (given["USER"], given["PASSWORD"]) == ("heard_public", "fictional password")
    assert environment.database("postgres://me@/heard", tmp_path, Part.STAFF)["USER"] == "me"


def test_a_part_without_a_server_is_told_what_it_needs(tmp_path):
    with pytest.raises(environment.SettingMissing, match="HEARD_PART=staff needs HEARD_DATABASE"):
        environment.database("", tmp_path, Part.STAFF)


def test_an_unknown_part_is_refused_with_the_parts_there_are(monkeypatch):
    monkeypatch.setenv("HEARD_PART", "everything")
    with pytest.raises(environment.SettingMissing, match="all, public, staff, worker"):
        environment.part()


def test_only_the_public_process_needs_the_pepper():
    assert {part: "pepper" in environment.secrets_of(part) for part in Part} == {
        Part.ALL: True,
        Part.PUBLIC: True,
        Part.STAFF: False,
        Part.WORKER: False,
    }
