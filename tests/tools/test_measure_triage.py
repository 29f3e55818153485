import pytest
import yaml

from tools import measure_triage, train_triage

# Heard by a phrase, heard by the likeness alone, heard by neither.
LIKENED = "He sits in my chair all evening with the lights out and will not say what he wants."
CASES = {
    "danger": {"immediate-danger": ["He is outside now.", LIKENED, "Fictional herons wade.", "Herons."]},
    "marks": {"live-proceedings": ["The trial is next month."]},
    "benign": ["Very good.", "The call was answered."],
}


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(yaml.safe_dump(CASES))
    return path


def printed(capsys):
    lines = capsys.readouterr().out.splitlines()
    return {line.split("  ")[0].strip(): line.split() for line in lines if line}


def test_phrases_and_likeness_stand_side_by_side(cases, capsys, models):
    assert measure_triage.main([str(cases)], models) == 0
    lines = printed(capsys)
    assert lines["immediate-danger"][1:] == ["4", "25.0%", "50.0%", "25.0%"]
    assert lines["all danger"][2:] == ["4", "25.0%", "50.0%"]
    assert lines["live-proceedings"][-1] == "100.0%"
    assert lines["harmless"][1:] == ["2", "0.0%", "0.0%"]


def test_misses_are_printed_only_when_asked_for(cases, capsys, models):
    measure_triage.main([str(cases)], models)
    assert "herons" not in capsys.readouterr().out
    measure_triage.main(["--misses", str(cases)], models)
    out = capsys.readouterr().out
    assert "missed   immediate-danger: Fictional herons wade." in out
    assert f"as sounds-urgent not immediate-danger: {LIKENED}" in out


def test_all_sets_of_the_project_are_measured_by_default(capsys, models):
    measure_triage.main([], models)
    out = capsys.readouterr().out
    assert [path.name for path in measure_triage.SETS if path.name not in out] == []


def test_what_is_not_learned_yet_is_learned_first(cases, capsys, tmp_path, monkeypatch):
    few = {"danger": {"immediate-danger": ["The heron waits."] * 8}, "benign": ["The officer was kind."] * 8}
    (tmp_path / "few.yaml").write_text(yaml.safe_dump(few))
    monkeypatch.setattr(train_triage, "EXAMPLES", tmp_path / "few.yaml")
    measure_triage.main([str(cases)], tmp_path / "models")
    assert (tmp_path / "models" / "triage.json").is_file()
