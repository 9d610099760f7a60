"""Zalo OA on the command line: permission is given once, and the doctor says how it stands."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.zalo_oa_tokens import mark_of, seal_of
from storage.sealing import Seal
from storage.unit_of_work import UnitOfWork
from storage.vendor_tokens import SealedPair, VendorToken
from tests.bot.cli_desk import MAIN, OFFICE, Desk, lines
from tests.simulators.zalo_oa import APP_ID, APP_SECRET, OA_SECRET, ZaloOaSimulator

PUBLIC = "https://nhacviec.example.gov.vn"


@pytest.fixture
async def sim() -> AsyncIterator[ZaloOaSimulator]:
    async with ZaloOaSimulator() as simulator:
        yield simulator


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sim: ZaloOaSimulator) -> Desk:
    made = Desk(tmp_path, monkeypatch)
    made.set(
        ZALO_OA_APP_ID=APP_ID,
        ZALO_OA_APP_SECRET=APP_SECRET,
        ZALO_OA_SECRET=OA_SECRET,
        ZALO_OA_API_URL=sim.url,
        ZALO_OA_OAUTH_URL=sim.url,
        PUBLIC_URL=PUBLIC,
    )
    return made


async def begun(*words: str) -> tuple[Process, str]:
    """The command, and the page that it shows."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(MAIN), "zalo", "connect", *words, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    async with asyncio.timeout(30):
        while "/v4/oa/permission" not in (line := (await process.stdout.readline()).decode()):
            assert line, (await process.communicate())[1].decode()
    return process, line.strip()


async def ended(process: Process, pasted: str) -> tuple[int, str]:
    printed, complained = await process.communicate(pasted.encode() + b"\n")
    return process.returncode or 0, printed.decode() + complained.decode()


def kept(desk: Desk) -> VendorToken | None:
    async def find(uow: UnitOfWork) -> VendorToken | None:
        return await uow.vendor_tokens.find("zalo_oa")

    return desk.within(find)


async def test_permission_is_given_in_a_browser_and_kept(desk: Desk, sim: ZaloOaSimulator) -> None:
    process, page = await begun()
    code, printed = await ended(process, sim.give_permission(page))
    assert code == 0, printed
    assert "Zalo OA is connected" in printed
    found = await asyncio.to_thread(kept, desk)
    assert found is not None
    assert seal_of(APP_SECRET).open(found.pair.refresh) == sim.tokens.refresh
    assert sim.tokens.refresh not in printed


async def test_a_code_alone_will_do_and_only_once(desk: Desk, sim: ZaloOaSimulator) -> None:
    process, page = await begun("--redirect", "https://elsewhere.vn/back")
    back = sim.give_permission(page)
    assert back.startswith("https://elsewhere.vn/back?")
    code = back.partition("code=")[2].partition("&")[0]
    assert (await ended(process, code))[0] == 0
    process, _ = await begun()
    status, printed = await ended(process, code)
    assert status == 1
    assert "does not accept the code" in printed


async def test_an_address_of_another_page_is_not_taken(desk: Desk, sim: ZaloOaSimulator) -> None:
    other, other_page = await begun()
    process, _ = await begun()
    status, printed = await ended(process, sim.give_permission(other_page))
    assert (status, "another page" in printed) == (1, True)
    process, _ = await begun()
    other.kill()
    await other.communicate()
    assert "no code in this address" in (await ended(process, f"{PUBLIC}/?error=denied"))[1]
    assert sim.tokens.rotations == 0


async def test_without_the_settings_it_says_which(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ZALO_OA_APP_ID", "ZALO_OA_APP_SECRET", "ZALO_OA_SECRET"):
        monkeypatch.delenv(f"NHACVIEC_{name}")
    done = await asyncio.to_thread(desk.run, "zalo", "connect")
    assert done.exit_code == 1
    assert "NHACVIEC_ZALO_OA_APP_ID" in done.stderr


# -- the doctor --------------------------------------------------------------------------------------------------------


async def findings(desk: Desk) -> list[str]:
    done = await asyncio.to_thread(desk.run, "doctor")
    assert "-TOKEN" not in done.output
    found = [" ".join(line.split()) for line in lines(done.stdout)]
    return [line for line in found if " Zalo OA " in f" {line} "]


async def put(desk: Desk, pair: SealedPair, given: str = "") -> None:
    async def keep(uow: UnitOfWork) -> None:
        await uow.vendor_tokens.put("zalo_oa", pair, given)

    await asyncio.to_thread(desk.within, keep)


async def test_the_doctor_says_how_permission_stands(desk: Desk, sim: ZaloOaSimulator) -> None:
    await asyncio.to_thread(desk.imported, OFFICE)
    none, posted = await findings(desk)
    assert none.startswith("NOT WELL Zalo OA no permission has been given yet")
    assert f"{PUBLIC}/webhooks/zalo-oa" in posted
    pair, seal = sim.tokens.new_pair(), seal_of(APP_SECRET)
    refresh = seal.close(pair["refresh_token"])
    good = SealedPair(seal.close(pair["access_token"]), refresh, datetime(2999, 1, 1, tzinfo=UTC))
    await put(desk, good)
    kept_well, answers, _ = await findings(desk)
    assert kept_well.startswith("well Zalo OA permission is kept")
    assert "the account is Sở Khoa học và Công nghệ" in answers
    sim.tokens.expire()
    assert "answers with code -2" in (await findings(desk))[1]
    sim.down()
    assert "does not answer" in (await findings(desk))[1]
    await put(desk, SealedPair("", refresh))
    assert "renewed with the next message" in (await findings(desk))[0]
    await put(desk, SealedPair(Seal("another", "zalo_oa").close("x"), refresh))
    assert "sealed with another" in (await findings(desk))[0]


async def test_the_doctor_sees_what_is_lost_and_what_waits(desk: Desk) -> None:
    await asyncio.to_thread(desk.imported, OFFICE)
    await put(desk, SealedPair("", seal_of(APP_SECRET).close("R")))

    async def lose(uow: UnitOfWork) -> None:
        assert await uow.vendor_tokens.lose("zalo_oa", 1, datetime(2026, 11, 23, tzinfo=UTC))

    await asyncio.to_thread(desk.within, lose)
    assert (await findings(desk))[0].startswith("NOT WELL Zalo OA the permission is lost since")
    desk.set(ZALO_OA_REFRESH_TOKEN="a-new-refresh-token")
    assert (await findings(desk))[0].startswith("to note Zalo OA the refresh token of the settings")
    await put(desk, SealedPair("", seal_of(APP_SECRET).close("R")), mark_of("a-new-refresh-token"))
    assert (await findings(desk))[0].startswith("well Zalo OA")


async def test_without_an_address_outside_nothing_can_come(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await asyncio.to_thread(desk.imported, OFFICE)
    monkeypatch.delenv("NHACVIEC_PUBLIC_URL")
    assert "NOT WELL Zalo OA Zalo can post nothing to us" in (await findings(desk))[-1]
