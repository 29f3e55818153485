import pytest
import yaml

from tools import measure_triage

CASES = {
    "danger": {"immediate-danger": ["He is outside now.", "Fictional herons wade."]},
    "marks": {"live-proceedings": ["The trial is next month."]},
    "benign": ["Very good.", "The call was answered."],
}


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(yaml.safe_dump(CASES))
    return path


def test_recall_by_flag_and_the_harmless_share_are_printed(cases, capsys):
    assert measure_triage.main([str(cases)]) == 0
    lines = {line.split("  ")[0].strip(): line.split()[-1] for line in capsys.readouterr().out.splitlines() if line}
    assert lines["immediate-danger"] == "50.0%"
    assert lines["all danger"] == "50.0%"
    assert lines["live-proceedings"] == "100.0%"
    assert lines["harmless"] == "0.0%"


def test_misses_are_printed_only_when_asked_for(cases, capsys):
    measure_triage.main([str(cases)])
    assert "herons" not in capsys.readouterr().out
    measure_triage.main(["--misses", str(cases)])
    assert "missed   immediate-danger: Fictional herons wade." in capsys.readouterr().out


def test_both_sets_of_the_project_are_measured_by_default(capsys):
    measure_triage.main([])
    printed = capsys.readouterr().out
    assert [name for name in measure_triage.SETS if name not in printed] == []
