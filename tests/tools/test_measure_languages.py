"""The printed figures on languages: what counts as right, left and wrong."""

import pytest
import yaml

from tools import measure_languages
from tools.measure_languages import verdict


@pytest.mark.parametrize(
    ("group", "tag", "said"),
    [
        ("english_with_names", "en", "right"),
        ("english_with_names", "und", "left"),
        ("english_with_names", "ur-Latn", "wrong"),
        ("short", "und", "right"),
        ("short", "en", "wrong"),
        ("cy", "cy", "right"),
        ("cy", "und", "left"),
        ("other", "ro", "right"),
        ("other", "pl", "wrong"),
        ("mixed", "pa-Latn", "right"),
    ],
)
def test_a_verdict(group, tag, said):
    assert verdict(group, tag) == said


def test_the_table_is_printed_and_misses_on_request(tmp_path, capsys, models):
    path = tmp_path / "texts.yaml"
    path.write_text(
        yaml.safe_dump({"cy": ["Roedd y swyddog yn garedig iawn wrtha i", "The kind officer rang me back again"]})
    )
    measure_languages.main([str(path), "--misses"], models)
    out = capsys.readouterr().out
    assert "wrong, marked en: The kind officer" in out
    assert "50.0%" in out
    assert "ms a text" in out
