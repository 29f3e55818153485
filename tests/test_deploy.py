"""What is shipped to run Heard in parts gives each part its own, and the keys to the worker alone."""

import configparser
from pathlib import Path

import pytest
import yaml

from config import environment
from config.environment import Part

ROOT = Path(__file__).resolve().parents[1]
SYSTEMD = ROOT / "deploy" / "systemd"
BACKUP = SYSTEMD / "heard-backup.service"
UNITS = sorted(set(SYSTEMD.glob("*.service")) - {BACKUP})
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
OURS = {name: one for name, one in SERVICES.items() if one.get("image") == "heard"}


def part_of(unit):
    text = unit.read_text()
    return next(part for part in Part if f"HEARD_PART={part} " in text)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_in_its_own_account_with_its_own_secrets(unit):
    part, text = part_of(unit), unit.read_text()
    assert f"User=heard-{part}\n" in text
    others = {other.value for other in Part} - {part.value, "all"}
    assert not [other for other in others if f"/etc/heard/{other}/" in text]
    assert "LimitCORE=0" in text
    assert "NoNewPrivileges=true" in text


def test_a_unit_is_given_what_its_part_needs_and_no_more():
    for unit in UNITS:
        given = {
            line.split("=")[1].split(":")[0] for line in unit.read_text().splitlines() if "LoadCredential=" in line
        }
        assert given == {*environment.secrets_of(part_of(unit)), "database-password"}, unit.name
        assert ("HEARD_KEYS=" in unit.read_text()) is (part_of(unit) is Part.WORKER), unit.name


def read(unit):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(unit.read_text())
    return parser


def test_units_can_be_read():
    for unit in UNITS:
        assert set(read(unit)) == {"DEFAULT", "Unit", "Service", "Install"}


def test_a_timer_makes_a_sealed_backup_every_hour_also_of_what_only_one_part_holds():
    timer, service = read(SYSTEMD / "heard-backup.timer"), read(BACKUP)["Service"]
    assert timer["Timer"]["OnCalendar"] == "*-*-* *:17:00"
    assert timer["Install"]["WantedBy"] == "timers.target"
    words = service["ExecStart"].split()
    assert words[2:4] == ["backup", "--data"]
    assert "--unsealed" not in words
    assert words[words.index("--also") + 1] == "/etc/heard"
    folders = {words[words.index(name) + 1] for name in ("--data", "--keys")}
    assert len(folders) == 2
    assert all(folder.startswith(service["ReadWritePaths"].split()[0] + "/") for folder in folders)


def test_the_backup_may_read_everything_and_write_little():
    service = read(BACKUP)["Service"]
    assert service["CapabilityBoundingSet"] == "CAP_DAC_READ_SEARCH"
    for name, value in (
        ("ProtectSystem", "strict"),
        ("NoNewPrivileges", "true"),
        ("LimitCORE", "0"),
        ("UMask", "0077"),
    ):
        assert service[name] == value
    assert service["IPAddressDeny"] == "any"


def test_what_a_unit_sets_itself_is_not_in_the_common_file_which_would_win():
    common = {line.lstrip("#").split("=")[0] for line in (ROOT / "deploy" / "common.env").read_text().splitlines()}
    for unit in (*UNITS, BACKUP):
        lines = [line for line in unit.read_text().splitlines() if line.startswith("Environment=")]
        own = {word.split("=")[0] for line in lines for word in line.partition("=")[2].split()}
        assert not own & common, unit.name


def test_each_container_is_one_part_and_only_those_that_open_texts_have_the_keys():
    parts = {name: Part(one["environment"]["HEARD_PART"]) for name, one in OURS.items()}
    assert set(parts.values()) == set(Part)
    for name, one in OURS.items():
        has_keys = any(str(volume).startswith("keys:") for volume in one["volumes"])
        assert has_keys is (parts[name] in {Part.WORKER, Part.ALL}), name
        secrets = next(str(volume) for volume in one["volumes"] if "/run/secrets/" in str(volume))
        assert secrets.startswith("./secrets/owner" if parts[name] is Part.ALL else f"./secrets/{parts[name]}:")


def test_the_public_container_reaches_neither_the_opener_nor_the_tasks():
    public = OURS["public"]
    assert not [volume for volume in public["volumes"] if "opener" in volume]
    assert "tasks" not in public["networks"]
    assert public["environment"]["HEARD_REDIS"] == ""


def test_nothing_but_the_two_sites_listens_and_only_on_loopback():
    ports = {name: one.get("ports", []) for name, one in SERVICES.items()}
    assert {name for name, some in ports.items() if some} == {"public", "staff"}
    assert all(port.startswith("127.0.0.1:") for some in ports.values() for port in some)
