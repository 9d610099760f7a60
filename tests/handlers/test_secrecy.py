"""What bears a mark of secrecy is refused, and nothing of it is left in the files, the database or the history."""

from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.channels.web import MarkedSecret, WebChannel
from domain.messages import FileRef, Incoming
from storage.codecs import table
from storage.models import InboxRow, LetterRow
from tests.documents.papers import pdf, word
from tests.world import World

WORDS = "Đoàn khách đến lúc nửa đêm"
PLAIN = word(f"Kính gửi: các phòng\n{WORDS}")
STAMPED = word(f"TỐI MẬT\nKính gửi: các phòng\n{WORDS}")


async def written(world: World) -> str:
    """All that the database keeps of what came in and went out."""
    async with world.store.read() as uow:
        rows = [
            str(tuple(row)) for one in (InboxRow, LetterRow) for row in await uow.connection.execute(select(table(one)))
        ]
    return "\n".join(rows)


def in_the_folder(folder: Path, *traces: bytes) -> list[str]:
    """The files under a folder that hold something of it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(trace in path.read_bytes() for trace in traces)]


async def no_trace(world: World, tmp_path: Path, *contents: bytes) -> None:
    kept = await written(world)
    assert WORDS not in kept
    assert WORDS.encode("unicode_escape").decode() not in kept
    traces = (WORDS.encode(), WORDS.encode("unicode_escape"), *(content[:200] for content in contents))
    assert in_the_folder(tmp_path, *traces) == []


async def account_of(world: World, who: str) -> int:
    async with world.store.read() as uow:
        [account] = await uow.people.accounts(world.people[who].id)
    return account.id


def refused(world: World, who: str) -> None:
    answer = world.hears(who)
    assert "độ mật" in answer
    assert "xóa" in answer


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cv.docx", STAMPED),
        ("cv.pdf", pdf("MẬT", "Kính gửi: các phòng", WORDS)),
        ("cv.txt", f"ĐỘ MẬT: MẬT\n{WORDS}".encode("utf-16")),
        ("5-UBND_MẬT.jpg", WORDS.encode()),
        ("tuyệt mật.docx", PLAIN),
    ],
)
async def test_a_marked_file_is_refused_and_not_kept(world: World, tmp_path: Path, name: str, content: bytes) -> None:
    with capture_logs() as logs:
        await world.sends_file("Lan", name, content, WORDS if "MẬT" in name else "")
    refused(world, "Lan")
    await no_trace(world, tmp_path, content)
    assert list(world.files.root.rglob("*.*")) == []
    assert WORDS not in str(logs)
    async with world.store.read() as uow:
        assert await uow.inbox.pending() == []


async def test_what_came_together_with_a_marked_file_is_not_kept_either(world: World, tmp_path: Path) -> None:
    world.channel.files |= {"first": PLAIN, "second": STAMPED}
    files = tuple(FileRef(ref, f"{ref}.docx", "", 1) for ref in ("first", "second"))
    await world.says("Lan", "/chidao", files=files)
    refused(world, "Lan")
    assert in_the_folder(tmp_path / "files", PLAIN[:200], STAMPED[:200]) == []


async def test_what_is_said_with_a_marked_file_is_blanked_too(world: World) -> None:
    await world.sends_file("Lan", "cv.docx", STAMPED, WORDS)
    refused(world, "Lan")
    kept = await written(world)
    assert WORDS not in kept
    assert WORDS.encode("unicode_escape").decode() not in kept
    assert "cv.docx" not in kept


@pytest.mark.parametrize(
    "typed",
    [f"MẬT: {WORDS}", f"TUYỆT MẬT\n{WORDS}", f"giao Phạm Thị Dung; 5 ngày; MẬT: {WORDS}", f"Kính gửi\nMẬT\n{WORDS}"],
)
async def test_marked_words_never_reach_the_disk(world: World, tmp_path: Path, typed: str) -> None:
    await world.says("Lan", typed)
    refused(world, "Lan")
    await no_trace(world, tmp_path)


async def test_marked_words_leave_no_line_in_the_history_of_the_web(world: World) -> None:
    async with world.store.write() as uow:
        await uow.people.link(world.people["Dung"].id, "web", "a", world.clock.now())
    channel = WebChannel(world.files)
    seen: list[object] = []
    channel.subscribe("a", seen.append)
    await channel.start(world.reception.receive)
    await channel.say("a", f"MẬT: {WORDS}")
    await world.settle()
    assert seen == []
    assert [entry.mine for entry in await channel.history(world.store, "a", 10)] == [False]


async def test_a_marked_upload_is_not_kept(world: World, tmp_path: Path) -> None:
    channel = WebChannel(world.files)
    for name, content in (("cv.docx", STAMPED), ("mật.docx", PLAIN)):
        with pytest.raises(MarkedSecret):
            await channel.keep(content, name, "")
    assert in_the_folder(tmp_path, STAMPED, PLAIN) == []
    assert (await channel.keep(PLAIN, "cv.docx", "")).size == len(PLAIN)


async def test_the_same_bytes_that_were_kept_rightly_before_stay(world: World) -> None:
    number = await world.assigned("Dung")
    await world.sends_file("Dung", "cv.docx", PLAIN, f"xong {number}")
    world.hears_all("Lan")
    await world.sends_file("Lan", "mật.docx", PLAIN)
    refused(world, "Lan")
    async with world.store.read() as uow:
        [evidence] = await uow.tasks.evidence(number)
    assert await world.files.open(evidence.file) == PLAIN


async def test_a_stranger_and_a_group_are_told_too(world: World) -> None:
    for address, group in (("4711", False), ("-5", True)):
        await world.receives(Incoming("telegram", f"e{address}", address, text=f"MẬT: {WORDS}", in_group=group))
        refused(world, address)


async def test_the_question_that_was_open_stays_open(world: World) -> None:
    await world.answer("Lan", "giao")
    account_id = await account_of(world, "Lan")
    async with world.store.read() as uow:
        before = await uow.conversations.get(account_id)
    await world.says("Lan", f"MẬT: {WORDS}")
    refused(world, "Lan")
    async with world.store.read() as uow:
        assert before is not None
        assert before == await uow.conversations.get(account_id)


async def test_speaking_of_secrets_is_answered_as_ever(world: World) -> None:
    number = await world.assigned("Dung")
    assert "60" in await world.answer("Dung", f"tiendo {number} 60 đã tập huấn bảo vệ bí mật nhà nước")
