"""Files on their way in: read before anything is decided, read again after a fault, not fetched for strangers."""

from dataclasses import replace
from datetime import date

import pytest

from domain.headers import Header
from domain.messages import FileRef, Outgoing
from handlers import router
from handlers.context import Context
from handlers.understanding.intents import Intent
from tests.documents.papers import pdf, word
from tests.world import World

LETTER = pdf("Số: 12/UBND-NC", "V/v trực lễ", "Hưng Yên, ngày 10 tháng 5 năm 2024", "Kính gửi: các sở")
HEADER = Header("12/UBND-NC", date(2024, 5, 10), "trực lễ", "")

Seen = list[tuple[Header | None, ...]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What a handler finds; it stumbles as often as there is an empty entry at the beginning."""
    found: Seen = []

    async def looks(ctx: Context, _meant: Intent) -> Outgoing:
        found.append(ctx.headers)
        if len(found) == 1:
            raise RuntimeError("once")
        ctx.files_kept = True
        return Outgoing("seen")

    monkeypatch.setitem(router.COMMANDS, "viec", looks)
    return found


async def test_a_handler_is_given_the_header_of_every_file_in_order_also_after_a_fault(
    world: World, seen: Seen
) -> None:
    contents = {"a.pdf": LETTER, "anh.jpg": b"no document", "b.docx": word("Số: 5/TB-UBND", "Kính gửi: các sở")}
    world.channel.files.update(contents)
    files = tuple(FileRef(name, name, "") for name in contents)
    await world.says("Lan", "viec", files=files)
    # the copies of the vendor's are not needed any more
    world.channel.files.clear()
    world.clock.move(seconds=1)
    await world.reception.sweep()
    await world.settle()
    assert seen == [(HEADER, None, Header("5/TB-UBND"))] * 2


@pytest.mark.parametrize("who", ["a stranger", "a group"])
async def test_the_files_of_strangers_and_groups_are_not_fetched(world: World, who: str) -> None:
    ref = FileRef("x", "x.pdf", "application/pdf", 5)
    world.channel.files["x"] = LETTER
    async with world.store.read() as uow:
        address = world.address("Lan") if who == "a group" else "4711"
        assert (await uow.people.account_at("telegram", address) is None) == (who != "a group")
    await world.says(address, "", files=(ref,), in_group=who == "a group")
    assert len(world.hears_all(address)) == 1
    assert list(world.files.root.rglob("*")) == []


async def test_a_file_that_is_lost_has_no_place_among_the_headers(world: World, seen: Seen) -> None:
    seen.append(())
    world.channel.files["a.pdf"] = LETTER
    big = FileRef("big", "to.pdf", "", 21 * 1024 * 1024)
    await world.says("Lan", "viec", files=(big, replace(big, ref="a.pdf", name="a.pdf", size=5)))
    assert seen[1:] == [(HEADER,)]
