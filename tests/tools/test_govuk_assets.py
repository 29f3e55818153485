"""The stylesheet keeps nothing that only gov.uk may use, and calls no address."""

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
