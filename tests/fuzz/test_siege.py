"""Random events, a few of them, through the whole assistant; `make bench` sends two hundred thousand."""

from pathlib import Path

import pytest
from sqlalchemy import delete, update

from domain.tasks import LogEntry, Verb
from storage.codecs import table
from storage.models import LetterRow, PersonRow
from tests.fuzz.siege import besiege, besieged

letters, people = table(LetterRow), table(PersonRow)


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_sent_nothing_breaks_everybody_is_answered_and_nobody_oversteps(
    tmp_path: Path, seed: int
) -> None:
    outcome = await besiege(tmp_path, seed, 800)
    assert outcome.total == 800
    assert outcome.crashes == []
    assert outcome.unanswered == []
    assert outcome.unauthorised == []
    assert outcome.answered > 600
    assert outcome.is_clean


async def test_whatever_goes_wrong_is_seen(tmp_path: Path) -> None:
    async with besieged(tmp_path, 3) as siege:
        await siege.send(200)
        world = siege.world
        now = world.clock.now()
        async with world.store.write() as uow:
            await uow.connection.execute(delete(letters).where(letters.c.dedupe == "answer:20"))
            await uow.connection.execute(update(people).where(people.c.name == "Bùi Văn Minh").values(role="leader"))
            await uow.people.link(world.people["Em"].id, "telegram", "9001", now)
            await uow.tasks.note(1, LogEntry(now, Verb.CONFIRMED, world.people["Khánh"].id))
            before = await uow.tasks.get(2)
            assert before is not None
        await siege._post(b'{"update_id": 1}')
        outcome = await siege.judge()
    assert [told.partition(":")[0] for told in outcome.unanswered] == ["None"]
    assert set(outcome.unauthorised) >= {
        "the roster is another",
        f"chat 9001 has become person {world.people['Em'].id}'s",
        "Đỗ Thị Khánh: confirmed task 1",
    }
    assert not outcome.is_clean
