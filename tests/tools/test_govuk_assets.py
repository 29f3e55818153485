"""The stylesheet keeps nothing that only gov.uk may use, and calls no address."""

import json

import pytest

from tools import govuk_assets
from tools.govuk_assets import without_crown_assets

SAMPLE = (
    '@font-face{font-family:"GDS Transport";src:url(/assets/fonts/light.woff2)}'
    '.a{font-family:"GDS Transport",arial,sans-serif}'
    ".b{background-image:url(/assets/images/govuk-crest.svg);color:red}"
    ".c{background:url(data:image/svg+xml,x)}/*# sourceMappingURL=x.css.map */"
)


def test_font_crest_and_addresses_are_gone_and_the_rest_stays():
    css = without_crown_assets(SAMPLE)
    assert "@font-face" not in css
    assert "GDS Transport" not in css
    assert "crest" not in css
    assert "sourceMappingURL" not in css
    assert "/assets/" not in css
    assert ".b{background-image:none;color:red}" in css
    assert "arial,sans-serif" in css
    assert "url(data:image/svg+xml,x)" in css


@pytest.mark.parametrize(("version", "asked"), [("1.2.3", 0), ("1.2.2", 1), (None, 1)])
def test_npm_is_asked_only_for_what_is_not_here_already(version, asked, tmp_path, monkeypatch):
    built, runs = tmp_path / "node_modules" / "govuk-frontend" / "dist" / "govuk", []
    built.mkdir(parents=True)
    for name in ("govuk-frontend.min.css", "govuk-frontend.min.js"):
        (built / name).write_text(".a{color:red}")
    if version:
        (built.parents[1] / "package.json").write_text(json.dumps({"version": version}))
    lock = {"packages": {"node_modules/govuk-frontend": {"version": "1.2.3"}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))
    monkeypatch.setattr(govuk_assets, "ROOT", tmp_path)
    monkeypatch.setattr(govuk_assets, "BUILT", built)
    monkeypatch.setattr(govuk_assets, "run_npm", lambda: runs.append(1))
    monkeypatch.setenv("HEARD_VAR", str(tmp_path / "var"))
    assert govuk_assets.main() == 0
    assert len(runs) == asked
    assert (tmp_path / "var" / "govuk" / "govuk-frontend.min.css").read_text() == ".a{color:red}"
