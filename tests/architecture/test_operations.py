"""The manual for the IT officer against the code: numbers, alerts, units, the container and the compose file."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from bot.settings import DESCRIBED, PREFIX
from bot.vitals import Vitals
from bot.web.metrics import Counts, Metrics
from domain.clock import SystemClock
from main import app
from scheduler.shift import Tally
from storage.watch import Waiting
from tests.architecture.test_docs import code, table

ROOT = Path(__file__).parent.parent.parent
MANUAL = ROOT / "docs" / "operations.md"
DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMMAND = re.compile(r"main\.py ([a-z]+)((?: --[a-z-]+ [a-z]+)*)")
SETTING = re.compile(rf"\b{PREFIX}[A-Z_]+")
ELSEWHERE = re.compile(r"/(?:work|root|home|tmp|Users)/")


def numbers() -> set[str]:
    """The name of every number that the page of metrics can have."""
    now = SystemClock().now()
    vitals = Vitals(
        duties={"ticks": True},
        tick_age=1.0,
        last_polls={"telegram": now},
        tallies={"telegram": Tally(1, Counter({"Busy": 1}), now)},
    )
    counts = Counts([Waiting("telegram", 0, 1, now)], 1, now, [("telegram", "", now), ("telegram", "7", now)])
    page = Metrics().page(vitals, counts, now).decode()
    names = {line.split("{")[0].split()[0] for line in page.splitlines() if not line.startswith("#")}
    return {name for name in names if name.startswith("nhacviec_") and not name.endswith("_created")}


def test_every_number_is_explained_and_every_explained_number_is_there() -> None:
    assert {code(row[0]) for row in table(MANUAL, "Number")} == numbers()


def test_alerts_speak_of_numbers_that_are_there() -> None:
    for row in table(MANUAL, "Expression"):
        named = set(re.findall(r"nhacviec_\w+", row[0]))
        assert named
        assert named <= numbers()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_that_there_is_with_settings_that_there_are(unit: Path) -> None:
    text = unit.read_text("utf-8")
    (command,) = COMMAND.findall(text)
    known = get_command(app).commands[command[0]]  # type: ignore[attr-defined]
    options = {one for parameter in known.params for one in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", command[1])) <= options
    assert set(SETTING.findall(text)) <= {setting.name for setting in DESCRIBED}
    assert "User=nhacviec" in text


def test_the_manual_names_every_unit() -> None:
    text = MANUAL.read_text("utf-8")
    assert [unit.name for unit in UNITS if unit.name.partition(".")[0] not in text] == []


def test_the_compose_file_runs_the_parts_on_one_database() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    assert services.keys() == {"db", "web", "worker"}
    assert [services[name]["command"] for name in ("web", "worker")] == [
        ["run", "--only", "web"],
        ["run", "--only", "worker"],
    ]
    for name in ("web", "worker"):
        given = services[name]["environment"]
        assert given.keys() <= {setting.name for setting in DESCRIBED}
        assert given["NHACVIEC_DATABASE_URL"].startswith("postgresql://")
        assert services[name]["volumes"] == ["files:/var/lib/nhacviec"]


def test_the_container_is_made_of_what_there_is() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.findall(r"^FROM (\S+)$", text, re.M) == ["python:3.12-slim"]
    for source in re.findall(r"^COPY (\S+) ", text, re.M):
        assert (ROOT / source).exists()
    assert set(SETTING.findall(text)) <= {setting.name for setting in DESCRIBED}
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", ".git", "data"} <= set(ignored)


@pytest.mark.parametrize("name", ["Dockerfile", ".dockerignore", "compose.yaml", *(p.name for p in DEPLOY.iterdir())])
def test_no_file_names_a_place_of_somebodys_machine(name: str) -> None:
    path = ROOT / name if (ROOT / name).exists() else DEPLOY / name
    assert ELSEWHERE.findall(path.read_text("utf-8")) == []
