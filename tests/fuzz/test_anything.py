"""Any text, any press, any file, any bytes: one answer each, nothing raised, and what others have stays as it was."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.channels.telegram_listening import Listening
from bot.channels.telegram_updates import read_all
from domain.messages import BUTTON_BYTES
from handlers.commands import NEEDS
from storage.codecs import table
from storage.models import AssignmentRow
from tests.fuzz.siege import HARMLESS, SECRET, Calls
from tests.world import MONDAY, World, living

quick = settings(max_examples=40, suppress_health_check=list(HealthCheck))
commands = st.sampled_from(sorted(NEEDS))
numbers = st.one_of(st.just(""), st.integers(-2, 5).map(str), st.integers().map(str))
texts = st.one_of(
    st.text(min_size=1, max_size=300),
    st.builds(lambda name, number, rest: f"/{name} {number} {rest}", commands, numbers, st.text(max_size=60)),
    st.builds(lambda name, number, rest: f"{name} {number}; {rest}", commands, numbers, st.text(max_size=60)),
)
revisions = st.sampled_from(["", " #1", " #2"])
presses = st.one_of(
    st.builds(lambda name, number, revision: f"{name} {number}{revision}", commands, numbers, revisions),
    st.text(min_size=1, max_size=30),
).map(lambda says: says.encode("utf-8", "ignore")[:BUTTON_BYTES].decode("utf-8", "ignore"))
words = st.text(max_size=300)
keys = st.sampled_from(
    [
        "update_id",
        "message",
        "chat",
        "from",
        "text",
        "id",
        "type",
        "document",
        "photo",
        "data",
        "callback_query",
        "my_chat_member",
        "status",
        "caption",
    ]
)
updates = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=12,
)
people = st.sampled_from(["Dung", "Bình", "Lan", "Hải", "Quản", "9001"])
assignments = table(AssignmentRow)


@pytest.fixture
async def world(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    """Khánh has a task, which is nobody's business but hers and her head's."""
    path = tmp_path / "nhacviec.db"
    path.write_bytes(sqlite_template.read_bytes())
    made = World(f"sqlite:///{path}", tmp_path / "files", MONDAY)
    async with living(made):
        await made.enrol()
        await made.assigned("Khánh")
        yield made


@pytest.fixture(autouse=True)
def nothing_is_wrong() -> Iterator[None]:
    with capture_logs() as logs:
        yield
    loud = [line for line in logs if line["log_level"] in ("warning", "error", "critical")]
    assert [line for line in loud if line["event"] not in HARMLESS] == []


async def khanhs(world: World) -> list[tuple[object, ...]]:
    khanh = world.people["Khánh"].id
    async with world.store.read() as uow:
        rows = await uow.connection.execute(select(assignments).where(assignments.c.assignee_id == khanh))
        return [tuple(row) for row in rows]


@quick
@given(who=people, text=texts)
async def test_any_text_has_one_answer(world: World, who: str, text: str) -> None:
    world.hears_all(who)
    update = {"message_id": 1, "chat": {"id": 1, "type": "private"}, "text": text}
    if not (read := read_all([{"update_id": 1, "message": update}], "bot")):
        return  # nothing that Telegram would bring
    await world.says(who, read[0].text)
    assert len(world.hears_all(who)) == 1


@quick
@given(press=presses)
async def test_any_press_has_one_answer_and_touches_nobody_elses_task(world: World, press: str) -> None:
    before = await khanhs(world)
    world.hears_all("Dung")
    if not press:
        return
    await world.says("Dung", action=press)
    assert len(world.hears_all("Dung")) == 1
    assert await khanhs(world) == before


@quick
@given(name=words, mime=st.text(max_size=40), content=st.binary(max_size=200), caption=st.text(max_size=40))
async def test_any_file_has_one_answer(world: World, name: str, mime: str, content: bytes, caption: str) -> None:
    world.hears_all("Dung")
    file = {"file_id": "f", "file_unique_id": "f", "file_name": name, "mime_type": mime, "file_size": len(content)}
    message = {"message_id": 1, "chat": {"id": 1, "type": "private"}, "document": file, "caption": caption}
    (read,) = read_all([{"update_id": 1, "message": message}], "bot")
    world.channel.files["f"] = content
    await world.says("Dung", read.text, files=read.files)
    assert len(world.hears_all("Dung")) == 1


@quick
@given(body=st.one_of(st.binary(max_size=300), updates.map(lambda update: json.dumps(update).encode())))
async def test_any_bytes_at_the_webhook_are_taken_and_break_nothing(world: World, body: bytes) -> None:
    listening = Listening(Calls(), world.clock, asyncio.sleep, SECRET)
    listening.start(world.reception.receive)
    before = await khanhs(world)
    assert await listening.webhook(body, SECRET) == 200
    assert await listening.webhook(body, "wrong") == 403
    await world.settle()
    await listening.stop()
    assert await khanhs(world) == before
