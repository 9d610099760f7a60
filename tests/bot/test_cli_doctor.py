"""The doctor: finds what is not well, says what to do, ends with 1, and shows no secret."""

import asyncio
import os
import shutil
import socket
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.channel import Limits
from domain.clock import SystemClock
from domain.ways import Share
from storage.engine import make_engine
from storage.locks import SingleProcess
from storage.unit_of_work import UnitOfWork
from tests.bot.cli_desk import HEAD, OFFICE, OFFICER, Desk, lines
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.zalo_bot import ZaloBotSimulator

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path, monkeypatch)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    made.set(WEB_PORT=str(port))
    # as if these years were announced: what the package knows of a year must not decide these tests
    monkeypatch.setattr("bot.cli.workdays.estimated", lambda _year: False)
    return made


def found(desk: Desk, exit_code: int) -> list[str]:
    done = desk.run("doctor")
    assert done.exit_code == exit_code, done.output
    assert done.stderr == ""
    return [" ".join(line.split()) for line in lines(done.stdout)]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_processes_on_postgresql_are_counted(desk: Desk, database_url: str) -> None:
    desk.set(DATABASE_URL=database_url)
    desk.imported(OFFICE, HEAD, OFFICER)
    assert [line for line in found(desk, 0) if "the assistant does not run on it" in line]

    async def examine_beside_two() -> list[str]:
        database = make_engine(database_url)
        running = [database.peers(lambda _news: None) for _ in range(2)]
        for one in running:
            if await one.join():
                await one.admit()
        findings = await asyncio.to_thread(found, desk, 0)
        for one in running:
            await one.leave()
        await database.dispose()
        return findings

    assert [line for line in asyncio.run(examine_beside_two()) if "processes that share the work: 2" in line]


def ill(findings: list[str]) -> list[str]:
    return [line.removeprefix("NOT WELL ") for line in findings if line.startswith("NOT WELL")]


def linked(desk: Desk, people: int) -> None:
    async def link(uow: UnitOfWork) -> None:
        for number in range(1, people + 1):
            await uow.people.link(number, "web", str(number), SystemClock().now())

    desk.within(link)


def test_a_healthy_assistant_is_well(desk: Desk, database_url: str) -> None:
    desk.set(DATABASE_URL=database_url)
    desk.imported(OFFICE, HEAD, OFFICER)
    linked(desk, 3)
    findings = found(desk, 0)
    assert findings[-1] == "All is well."
    assert [line for line in findings if "3 people, 0 assigned tasks, 0 letters" in line]
    assert [line for line in findings if "all with a connected chat" in line]
    assert not [line for line in findings if line.startswith(("NOT WELL", "to note"))]


def test_before_the_first_start_the_roster_is_asked_for(desk: Desk) -> None:
    findings = found(desk, 1)
    assert [line.partition(" ")[0] for line in ill(findings)] == ["Roster"]
    assert "roster import FILE" in ill(findings)[0]
    assert not desk.path.exists()


def test_people_without_a_chat_and_units_without_a_head_are_noted(desk: Desk) -> None:
    desk.imported(OFFICE, "Bùi Văn Minh,Trung tâm,,")
    linked(desk, 1)
    notes = [line for line in found(desk, 0) if line.startswith("to note")]
    assert "1 of 2 people have no connected chat: Bùi Văn Minh" in notes[0]
    assert "units without a head: Trung tâm" in notes[1]


def test_wrong_settings_are_all_named_with_an_example(desk: Desk) -> None:
    desk.set(LADDER="five", WEB_PORT="70000", TELEGRAM_TOKN="123456789:a-token-with-a-slip-in-its-name")
    findings = found(desk, 1)
    assert len(ill(findings)) == 3
    assert all(line.startswith("Settings NHACVIEC_") for line in ill(findings))
    assert [line for line in findings if "5,3,1,0" in line]
    assert "slip-in-its-name" not in "".join(findings)


def test_a_clock_behind_the_newest_entry_is_not_well(desk: Desk) -> None:
    desk.imported(OFFICE)
    ahead = SystemClock().now() + timedelta(days=2)
    desk.within(lambda uow: uow.people.link(1, "web", "1", ahead))
    assert [line.partition(" ")[0] for line in ill(found(desk, 1))] == ["Clock"]
    desk.within(lambda uow: uow.set_meta("mode", "rehearsal"))
    assert ill(found(desk, 0)) == []


def test_a_year_that_is_expected_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.imported(OFFICE)
    year = SystemClock().now().year
    monkeypatch.setattr("bot.cli.workdays.estimated", lambda asked: asked > year + 1)
    assert not [line for line in found(desk, 0) if "expected only" in line]
    desk.sql("DELETE FROM calendar_day")
    monkeypatch.setattr("bot.cli.workdays.estimated", lambda asked: asked >= year)
    assert [line.partition(" ")[0] for line in ill(found(desk, 1))] == ["Calendar"]


def test_the_holder_of_the_database_and_of_the_port_is_the_assistant(desk: Desk) -> None:
    desk.imported(OFFICE)
    with socket.create_server(("127.0.0.1", 0)) as server:
        desk.set(WEB_PORT=str(server.getsockname()[1]))
        with SingleProcess(desk.path):
            findings = found(desk, 0)
        assert [line for line in findings if f"process {os.getpid()}" in line]
        assert [line for line in findings if "in use while the assistant runs" in line]
        assert [line.partition(" in use")[0] for line in ill(found(desk, 1))] == [
            f"Web chat 127.0.0.1:{server.getsockname()[1]} is"
        ]


def test_an_address_of_another_machine_cannot_be_served(desk: Desk) -> None:
    desk.imported(OFFICE)
    desk.set(WEB_HOST="192.0.2.1")
    assert ill(found(desk, 1))[0].startswith("Web chat 192.0.2.1")


def test_without_any_channel_nobody_could_talk(desk: Desk) -> None:
    desk.imported(OFFICE)
    desk.set(WEB_PORT="0")
    assert "NHACVIEC_TELEGRAM_TOKEN" in ill(found(desk, 1))[0]


@pytest.mark.parametrize(("version", "grade"), [("9999", "NOT WELL"), ("0000", "to note")])
def test_another_form_of_the_database_is_named(desk: Desk, version: str, grade: str) -> None:
    desk.imported(OFFICE)
    desk.sql(f"UPDATE alembic_version SET version_num = '{version}'")
    findings = found(desk, int(grade == "NOT WELL"))
    assert [line for line in findings if line.startswith(grade) and version in line]
    assert not [line for line in findings if "Roster" in line]


def test_a_damaged_file_is_found(desk: Desk) -> None:
    desk.imported(OFFICE)
    desk.path.write_bytes(b"not a database" * 100)
    findings = ill(found(desk, 1))
    assert findings[0].startswith("Database damaged")
    assert "go back to the last good backup" in findings[0]


def test_no_room_and_no_right_to_write(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.imported(OFFICE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(1, 1, 7 * 1024 * 1024))
    assert "only 7 MB free" in ill(found(desk, 1))[0]
    (desk.folder / "file").write_text("")
    desk.set(DATA_DIR=str(desk.folder / "file"), DATABASE_URL=f"sqlite:///{desk.path}")
    assert "cannot be written to" in ill(found(desk, 1))[0]


def test_a_database_that_does_not_answer_gives_no_password_away(desk: Desk) -> None:
    desk.set(DATABASE_URL="postgresql://keeper:hidden-password@127.0.0.1:1/nhacviec")
    findings = found(desk, 1)
    assert ill(findings)[0].startswith("Database PostgreSQL cannot be used")
    assert "hidden-password" not in "".join(findings)
    assert len(ill(findings)) == 1


async def test_telegram_is_asked_for_the_bots_name(desk: Desk) -> None:
    await asyncio.to_thread(desk.imported, OFFICE)
    async with TelegramSimulator() as telegram:
        desk.set(TELEGRAM_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url)
        findings = await asyncio.to_thread(found, desk, 0)
        assert [line for line in findings if "the bot is @nhac_viec_bot" in line]
        assert [line for line in findings if "updates are fetched" in line]
        desk.set(TELEGRAM_TOKEN="700000001:AAHthe-token-of-some-other-bot-0000")
        refused = await asyncio.to_thread(found, desk, 1)
    silent = await asyncio.to_thread(found, desk, 1)
    assert "does not accept the token" in ill(refused)[0]
    assert "does not answer" in ill(silent)[0]
    assert "AAHthe-token" not in "".join(refused + silent)


async def test_a_webhook_needs_the_web(desk: Desk) -> None:
    await asyncio.to_thread(desk.imported, OFFICE)
    async with TelegramSimulator() as telegram:
        desk.set(TELEGRAM_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url)
        desk.set(PUBLIC_URL="https://nhacviec.example.gov.vn", TELEGRAM_WEBHOOK_SECRET="long-enough-a-secret")
        findings = await asyncio.to_thread(found, desk, 0)
        assert [line for line in findings if "https://nhacviec.example.gov.vn/webhooks/telegram" in line]
        assert "long-enough-a-secret" not in "".join(findings)
        desk.set(WEB_PORT="0")
        assert "the web is off" in ill(await asyncio.to_thread(found, desk, 1))[0]


def test_the_instant_shown_is_local(desk: Desk) -> None:
    local = (datetime.now(UTC) + timedelta(hours=7)).strftime("%d/%m/%Y")
    assert [line for line in found(desk, 1) if "Clock" in line and local in line]


async def test_the_zalo_bot_is_looked_at(desk: Desk) -> None:
    await asyncio.to_thread(desk.imported, OFFICE, HEAD)
    async with ZaloBotSimulator() as sim:
        desk.set(ZALO_BOT_TOKEN=sim.token, ZALO_BOT_API_URL=sim.url)
        findings = await asyncio.to_thread(found, desk, 0)
        assert [line for line in findings if "the bot is Bot Nhắc Việc" in line]
        assert [line for line in findings if line.startswith("to note Zalo Bot updates are fetched")]
        sim.hook = {"url": "https://elsewhere.example.vn/x", "secret": "mot-bi-mat"}
        desk.set(PUBLIC_URL="https://nhacviec.example.gov.vn", ZALO_BOT_WEBHOOK_SECRET="mot-bi-mat")
        findings = await asyncio.to_thread(found, desk, 0)
        assert [line for line in findings if "posted to https://elsewhere" in line]
        desk.set(ZALO_BOT_TOKEN="123456:wrong-token")
        findings = await asyncio.to_thread(found, desk, 1)
        assert "does not accept the token" in ill(findings)[0]
        assert "wrong-token" not in str(findings)
        sim.down()
        findings = await asyncio.to_thread(found, desk, 1)
        assert "does not answer" in ill(findings)[0]


def test_what_is_left_of_a_channels_month_is_looked_at(desk: Desk) -> None:
    desk.imported(OFFICE, HEAD)
    desk.set(ZALO_BOT_TOKEN="12345689:abc-xyz-abc-xyz", ZALO_BOT_API_URL="http://127.0.0.1:9", ZALO_BOT_MESSAGES="100")

    def used(messages: int) -> None:
        async def spend(uow: UnitOfWork) -> None:
            uow.ways._limits = {"zalo_bot": Limits(monthly_quota=100)}
            assert await uow.ways.spend("zalo_bot", messages, SystemClock().now(), Share.LAST)

        desk.within(spend)

    grades = []
    for messages in (50, 40, 10):
        used(messages)
        (line,) = [line for line in found(desk, 1) if "Channels Zalo: 0/50" in line]
        grades.append(line.split(" Channels")[0])
    assert grades == ["well", "to note", "NOT WELL"]
    assert "100 of 100 messages of this month used (100%)" in line
