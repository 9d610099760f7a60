"""The outbox: what is posted once, claimed once, held back, taken back and erased."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.messages import Button, Draft, Letter, Outgoing, Priority, StoredFile
from storage.codecs import table
from storage.models import LetterRow
from storage.outbox import NOWHERE
from storage.unit_of_work import Store
from tests.storage.mail import opened, posted
from tests.world import MONDAY

letters = table(LetterRow)
SOON = timedelta(seconds=1)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        yield made


async def claim(
    store: Store, now: datetime = MONDAY, *, channel: str = "telegram", resting: tuple[str, ...] = ()
) -> Letter | None:
    async with store.write() as uow:
        found = await uow.outbox.next(channel, now, resting)
        return await uow.outbox.take(found, now) if found else None


async def claimed_texts(store: Store, now: datetime = MONDAY, *, resting: tuple[str, ...] = ()) -> list[str]:
    found = []
    while letter := await claim(store, now, resting=resting):
        found.append(letter.outgoing.text)
    return found


async def states(store: Store) -> list[str]:
    async with store.read() as uow:
        return [row.state for row in await uow.connection.execute(select(letters).order_by(letters.c.id))]


async def test_a_letter_comes_out_as_it_was_posted(store: Store) -> None:
    file = StoredFile("0" * 64, "Báo cáo.docx", "application/msword", 12)
    outgoing = Outgoing(
        "<b>Tin</b> & ảnh 📎", ((Button("Đã nhận", "nhan 1 #1"), Button("Xong", "xong 1 #1")),), (file,)
    )
    async with store.write() as uow:
        await uow.outbox.post(Draft(outgoing, "một", Priority.ANSWER), "telegram", "1", MONDAY)
    letter = await claim(store)
    assert letter is not None
    assert letter.outgoing == outgoing
    assert (letter.priority, letter.posted_at, letter.attempts, letter.repeated) == (Priority.ANSWER, MONDAY, 1, False)


async def test_the_same_letter_is_posted_once_even_after_it_was_sent(store: Store) -> None:
    assert await posted(store, "Tin 1", dedupe="event:1")
    assert await posted(store, "Tin 2", dedupe="event:1") is None
    assert await claimed_texts(store) == ["Tin 1"]
    assert await posted(store, "Tin 3", dedupe="event:1") is None
    assert await claimed_texts(store) == []


async def test_two_letters_in_one_transaction_are_deduplicated_too(store: Store) -> None:
    async with store.write() as uow:
        for text in ("Tin 1", "Tin 2"):
            await uow.outbox.post(Draft(Outgoing(text), "event:1"), "telegram", "1", MONDAY)
    assert await claimed_texts(store) == ["Tin 1"]


async def test_the_next_letter_is_the_most_urgent_then_the_oldest(store: Store) -> None:
    for text, priority in (("d", 3), ("c1", 2), ("b", 1), ("a1", 0), ("c2", 2), ("a2", 0)):
        await posted(store, text, priority=Priority(priority))
    assert await claimed_texts(store) == ["a1", "a2", "b", "c1", "c2", "d"]


async def test_a_letter_is_claimed_once(store: Store) -> None:
    await posted(store)
    assert await claim(store)
    assert await claim(store) is None
    assert await states(store) == ["sending"]


async def test_a_channel_gets_only_its_own_letters(store: Store) -> None:
    await posted(store, channel="web")
    assert await claim(store) is None
    assert await claim(store, channel="web")


async def test_a_letter_for_later_waits(store: Store) -> None:
    later = MONDAY + timedelta(hours=1)
    await posted(store, not_before=later)
    async with store.read() as uow:
        assert await uow.outbox.next_at("telegram", MONDAY) == later
        assert await uow.outbox.next_at("web", MONDAY) is None
    assert await claim(store, later - SOON) is None
    assert await claim(store, later)


async def test_an_attempt_is_counted_before_the_letter_is_sent(store: Store) -> None:
    await posted(store)
    for attempt in (1, 2, 3):
        letter = await claim(store)
        assert letter is not None
        assert letter.attempts == attempt
        async with store.write() as uow:
            await uow.outbox.put_back(letter.id, MONDAY, "later")


async def test_a_letter_posted_as_taken_cannot_be_claimed(store: Store) -> None:
    async with store.write() as uow:
        draft = Draft(Outgoing("Đáp"), "answer:1")
        letter = await uow.outbox.post(draft, "telegram", "1", MONDAY, under_way=True)
        assert uow.outbox.posted_to == set()
    assert letter is not None
    assert letter.attempts == 1
    assert await claim(store) is None
    assert await states(store) == ["sending"]


# -- held back ---------------------------------------------------------------------------------------------------------


async def test_chats_that_rest_are_passed_over(store: Store) -> None:
    for to in ("1", "2", "1", "3"):
        await posted(store, f"Gửi {to}", to=to)
    assert await claimed_texts(store, resting=("1", "3")) == ["Gửi 2"]
    assert await claimed_texts(store) == ["Gửi 1", "Gửi 1", "Gửi 3"]


async def test_a_paused_channel_is_silent_until_the_pause_ends(store: Store) -> None:
    await posted(store)
    until = MONDAY + timedelta(seconds=30)
    async with store.write() as uow:
        await uow.outbox.pause("telegram", "", MONDAY, until)
        await uow.outbox.pause("web", "", MONDAY, until)
        assert (await uow.outbox.pauses("telegram", MONDAY)).get("") == until
        assert "" not in await uow.outbox.pauses("telegram", until)
    assert await claim(store, until - SOON) is None
    assert await claim(store, until)


async def test_a_paused_chat_is_silent_and_the_others_are_not(store: Store) -> None:
    await posted(store, "Gửi 1", to="1")
    await posted(store, "Gửi 2", to="2")
    async with store.write() as uow:
        await uow.outbox.pause("telegram", "1", MONDAY, MONDAY + timedelta(minutes=1))
        await uow.outbox.pause("web", "2", MONDAY, MONDAY + timedelta(minutes=1))
        assert "" not in await uow.outbox.pauses("telegram", MONDAY)
    assert await claimed_texts(store) == ["Gửi 2"]
    assert await claimed_texts(store, MONDAY + timedelta(minutes=1)) == ["Gửi 1"]


async def test_a_newer_pause_replaces_the_older_one(store: Store) -> None:
    async with store.write() as uow:
        await uow.outbox.pause("telegram", "", MONDAY, MONDAY + timedelta(hours=9))
        await uow.outbox.pause("telegram", "", MONDAY, MONDAY + timedelta(seconds=5))
    await posted(store)
    assert await claim(store, MONDAY + timedelta(seconds=5))


async def test_a_pause_survives_a_restart(database_url: str) -> None:
    until = MONDAY + timedelta(seconds=30)
    async with opened(database_url) as before:
        await posted(before)
        async with before.write() as uow:
            await uow.outbox.pause("telegram", "", MONDAY, until)
    async with opened(database_url) as after:
        assert await claim(after, until - SOON) is None
        async with after.read() as uow:
            assert (await uow.outbox.pauses("telegram", MONDAY)).get("") == until
        assert await claim(after, until)


async def test_a_pause_from_the_future_says_nothing(store: Store) -> None:
    await posted(store)
    tomorrow = MONDAY + timedelta(days=1)
    async with store.write() as uow:
        await uow.outbox.pause("telegram", "", tomorrow, tomorrow + timedelta(hours=1))
        assert "" not in await uow.outbox.pauses("telegram", MONDAY)
    assert await claim(store, MONDAY)


async def test_a_letter_put_back_before_the_clock_was_set_back_still_goes(store: Store) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    await posted(store)
    letter = await claim(store, tomorrow)
    assert letter is not None
    async with store.write() as uow:
        await uow.outbox.put_back(letter.id, tomorrow + SOON, "Unavailable")
    assert await claim(store, MONDAY)


async def test_a_letter_nobody_needs_any_more_does_not_go(store: Store) -> None:
    end = MONDAY + timedelta(hours=1)
    await posted(store, "Tin 1", expires_at=end)
    await posted(store, "Tin 2")
    assert await claimed_texts(store, end) == ["Tin 2"]
    async with store.write() as uow:
        assert await uow.outbox.expire(end - SOON) == 0
        assert await uow.outbox.expire(end) == 1
    assert await states(store) == ["expired", "sending"]


# -- after a crash, another way, taken back ----------------------------------------------------------------------------


async def test_what_a_dead_sender_left_is_taken_up_again_and_marked(store: Store) -> None:
    await posted(store, "Tin 1")
    await posted(store, "Tin 2")
    await posted(store, "Web", channel="web")
    await claim(store)
    await claim(store, channel="web")
    async with store.write() as uow:
        assert await uow.outbox.recover("telegram") == 1
        assert await uow.outbox.recover("telegram") == 0
    first, second = await claim(store), await claim(store)
    assert first is not None
    assert second is not None
    assert [(one.outgoing.text, one.repeated) for one in (first, second)] == [("Tin 1", True), ("Tin 2", False)]
    assert (await states(store))[2] == "sending"


async def test_letters_about_a_finished_task_are_taken_back_with_the_numbers_they_spoke_of(store: Store) -> None:
    await posted(store, "Nhắc", about="remind:5", tasks=(1, 2))
    await posted(store, "Nhắc", about="remind:5", tasks=(2, 3))
    await posted(store, "Khác", about="remind:50", tasks=(9,))
    async with store.write() as uow:
        assert await uow.outbox.drop("remind:5") == {1, 2, 3}
        assert await uow.outbox.drop("remind:5") == set()
    assert await claimed_texts(store) == ["Khác"]
    assert await states(store) == ["dropped", "dropped", "sending"]


async def test_a_letter_under_way_is_not_taken_back(store: Store) -> None:
    await posted(store, about="remind:5", tasks=(1,))
    await claim(store)
    async with store.write() as uow:
        assert await uow.outbox.drop("remind:5") == set()
    assert await states(store) == ["sending"]


async def test_a_letter_is_sent_another_way(store: Store) -> None:
    await posted(store, "Tin 1")
    letter = await claim(store)
    assert letter is not None
    async with store.write() as uow:
        await uow.outbox.redirect(letter.id, "web", "web-1")
        assert uow.outbox.posted_to == {"web"}
    assert await claim(store) is None
    again = await claim(store, channel="web")
    assert again is not None
    assert (again.id, again.address, again.outgoing.text) == (letter.id, "web-1", "Tin 1")


async def test_a_letter_to_nowhere_is_kept_as_failed(store: Store) -> None:
    async with store.write() as uow:
        await uow.outbox.post(Draft(Outgoing("Tin"), "một"), NOWHERE, "", MONDAY)
        assert uow.outbox.posted_to == set()
    assert await states(store) == ["failed"]


async def test_whoever_posts_wakes_the_channel_after_the_commit(store: Store) -> None:
    woken: list[set[str]] = []
    store.on_posted = woken.append
    async with store.write() as uow:
        for n, channel in enumerate(("telegram", "web", "web")):
            await uow.outbox.post(Draft(Outgoing("Tin"), f"{n}"), channel, "1", MONDAY)
        assert woken == []
    assert woken == [{"telegram", "web"}]
    with pytest.raises(RuntimeError):
        async with store.write() as uow:
            await uow.outbox.post(Draft(Outgoing("Tin"), "khác"), "web", "1", MONDAY)
            raise RuntimeError
    assert len(woken) == 1


async def test_an_erased_address_is_in_no_letter(store: Store) -> None:
    await posted(store, "Đã gửi", to="12345")
    await posted(store, "Chờ gửi", to="12345")
    await posted(store, "Người khác", to="9")
    letter = await claim(store)
    assert letter is not None
    async with store.write() as uow:
        await uow.outbox.sent(letter.id, "12345:678", MONDAY)
        await uow.outbox.forget_address("telegram", "12345")
    async with store.read() as uow:
        rows = list(await uow.connection.execute(select(letters).order_by(letters.c.id)))
    assert not [row for row in rows if "12345" in str(tuple(row))]
    assert [row.state for row in rows] == ["sent", "dropped", "pending"]


async def test_what_was_sent_to_a_chat_is_listed_the_latest_first(store: Store) -> None:
    for n in range(1, 4):
        await posted(store, f"Tin {n}")
    await posted(store, "Khác", to="2")
    for n in range(2):
        letter = await claim(store, MONDAY + SOON * n)
        assert letter is not None
        async with store.write() as uow:
            await uow.outbox.sent(letter.id, f"ref-{n}", MONDAY + SOON * n)
    async with store.read() as uow:
        found = await uow.outbox.history("telegram", "1", 10)
        assert await uow.outbox.history("telegram", "1", 1) == found[:1]
    assert [(at, outgoing.text) for at, _, outgoing, _ in found] == [(MONDAY + SOON, "Tin 2"), (MONDAY, "Tin 1")]
