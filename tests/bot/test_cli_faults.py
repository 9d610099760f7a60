"""Every fault that the layers can name has its sentence."""

import pytest

from bot.app import StartFault
from bot.cli.findings import Grade, Topic
from bot.cli.roster import ALIKE
from bot.setting_checks import SettingFault
from documents.reading.roster import RosterFault
from locales.speech import Speech
from locales.texts import cli_doctor, cli_faults
from storage.backup import BackupFault

ENGLISH = Speech("en")


@pytest.mark.parametrize("fault", SettingFault)
def test_every_fault_of_a_setting(fault: SettingFault) -> None:
    said = cli_faults.setting_fault(ENGLISH, fault, "NAME", "given", "EXAMPLE")
    assert "NAME" in said
    assert "EXAMPLE" in said


@pytest.mark.parametrize("fault", [*RosterFault, ALIKE])
def test_every_fault_of_a_roster(fault: str) -> None:
    said = cli_faults.roster_fault(ENGLISH, fault, "a value")
    assert "a value" in said or fault == RosterFault.NO_ROWS
    assert cli_faults.roster_row(ENGLISH, 7, said) == f"Row 7: {said}"
    assert cli_faults.roster_row(ENGLISH, 0, said) == said


@pytest.mark.parametrize("fault", BackupFault)
def test_every_fault_of_a_backup(fault: BackupFault) -> None:
    assert cli_faults.backup_fault(ENGLISH, fault, "a detail")


@pytest.mark.parametrize("fault", StartFault)
def test_every_fault_of_a_start(fault: StartFault) -> None:
    assert cli_faults.start_fault(ENGLISH, fault)


def test_every_grade_and_topic_of_the_doctor() -> None:
    assert all(cli_doctor.grade(ENGLISH, grade) for grade in Grade)
    assert all(cli_doctor.topic(ENGLISH, topic) for topic in Topic)
