"""The outbox: every letter waits here, in the transaction of the change that it reports, until it has been sent."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select, update

from domain.messages import Draft, Letter, Outgoing
from domain.people import Account
from storage.codecs import buttons_to_json, files_to_json, letter_from_row, outgoing_from_row, table
from storage.duties import HELD, Held
from storage.engine import DIALECTS, Connection, insert_of
from storage.models import AccountRow, LetterRow, PauseRow
from storage.updates import Updates

letter = table(LetterRow)
pause = table(PauseRow)
account = table(AccountRow)

NOWHERE = ""
"""The channel of a letter to somebody who can be reached by nothing yet; it is kept as failed."""


_PAUSED = exists().where(
    and_(
        pause.c.channel == letter.c.channel,
        or_(pause.c.address == "", pause.c.address == letter.c.address),
        # a pause from the future was written before the clock was set back: it says nothing
        pause.c.since <= bindparam("now"),
        pause.c.until > bindparam("now"),
    )
)

_NEXT = (
    select(letter)
    .where(
        letter.c.state == "pending",
        letter.c.channel == bindparam("channel"),
        # what was posted or tried in the future was so before the clock was set back: it has waited long enough
        or_(
            letter.c.not_before <= bindparam("now"),
            letter.c.attempted_at > bindparam("now"),
            letter.c.posted_at > bindparam("now"),
        ),
        or_(letter.c.expires_at.is_(None), letter.c.expires_at > bindparam("now")),
        letter.c.address.not_in(bindparam("resting", expanding=True)),
        letter.c.id.not_in(bindparam("passed_over", expanding=True)),
        ~_PAUSED,
    )
    .order_by(letter.c.priority, letter.c.id)
    .limit(1)
)

_TAKE = (
    update(letter)
    .where(letter.c.id == bindparam("letter_id"), letter.c.state == "pending")
    .values(
        state="sending",
        attempts=letter.c.attempts + 1,
        attempted_at=bindparam("at"),
    )
)

_TAKE_AS_HOLDER = _TAKE.where(HELD)

_POST = {name: insert_of(name)(letter).on_conflict_do_nothing().returning(letter.c.id) for name in DIALECTS}

_SENT = (
    update(letter)
    .where(letter.c.id == bindparam("letter_id"))
    .values(state="sent", sent_ref=bindparam("ref"), sent_at=bindparam("at"))
)

_DROP = (
    update(letter)
    .where(letter.c.about == bindparam("about_what"), letter.c.state == "pending")
    .values(state="dropped")
    .returning(letter.c.tasks)
)

_CHAT_PAUSED = and_(
    pause.c.channel == letter.c.channel,
    pause.c.address == letter.c.address,
    pause.c.since <= bindparam("now"),
    pause.c.until > letter.c.not_before,
    pause.c.until > bindparam("now"),
)

_NEXT_AT = (
    # min over what each letter waits for: the end of its chat's pause, or its own instant
    select(func.min(func.coalesce(pause.c.until, letter.c.not_before)))
    .select_from(letter.outerjoin(pause, _CHAT_PAUSED))
    .where(
        letter.c.state == "pending",
        letter.c.channel == bindparam("channel"),
        or_(letter.c.expires_at.is_(None), letter.c.expires_at > bindparam("now")),
    )
)

_PAUSES = select(pause.c.address, pause.c.until).where(
    pause.c.channel == bindparam("channel"),
    pause.c.since <= bindparam("now"),
    pause.c.until > bindparam("now"),
)


class Outbox:
    """Letters of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._insert = insert_of(connection.dialect.name)
        self._post = _POST[connection.dialect.name]
        self.posted_to: set[str] = set()
        """The channels that have new letters, to be woken once the transaction has been committed."""

    async def post(
        self,
        draft: Draft,
        channel: str,
        address: str,
        now: datetime,
        *,
        person_id: int | None = None,
        tasks: Sequence[int] = (),
        under_way: bool = False,
    ) -> Letter | None:
        """Post one letter, or None where one with the same dedupe key was posted before.

        With `under_way` it is written as being sent already: the caller's own sender sends it after the commit.
        """
        values = {
            "dedupe": draft.dedupe,
            "channel": channel,
            "address": address,
            "person_id": person_id,
            "text": draft.outgoing.text,
            "buttons": buttons_to_json(draft.outgoing.buttons),
            "files": files_to_json(draft.outgoing.files),
            "tasks": list(tasks),
            "priority": int(draft.priority),
            "about": draft.about,
            "state": "failed" if channel == NOWHERE else "sending" if under_way else "pending",
            "error": "nowhere to send it" if channel == NOWHERE else "",
            "attempts": int(under_way),
            "repeated": False,
            "posted_at": now,
            "not_before": draft.not_before or now,
            "expires_at": draft.expires_at,
            "attempted_at": now if under_way else None,
            "sent_ref": "",
            "replaces": draft.replaces,
            "edit_only": draft.edit_only,
            "vital": draft.vital,
            "asks": False,
        }
        posted_id = (await self._db.execute(self._post, values)).scalar()
        if posted_id is None:
            return None
        out, tries = draft.outgoing, int(under_way)
        posted = Letter(posted_id, channel, address, person_id, out, draft.priority, tries, now, draft.expires_at)
        posted = replace(posted, replaces=draft.replaces, edit_only=draft.edit_only, vital=draft.vital)
        if draft.replaces is not None:
            await Updates(self._db).supersede(posted, draft.about)
        if channel != NOWHERE and not under_way:
            self.posted_to.add(channel)
        return posted

    async def post_to(
        self, account: Account | None, draft: Draft, now: datetime, *, person_id: int, tasks: Sequence[int] = ()
    ) -> Letter | None:
        """Post a letter to somebody's account, or nowhere, if there is none; None where it was posted before."""
        channel, address = (account.channel, account.address) if account else (NOWHERE, "")
        return await self.post(draft, channel, address, now, person_id=person_id, tasks=tasks)

    async def next(
        self, channel: str, now: datetime, resting: Collection[str] = (), passed_over: Collection[int] = ()
    ) -> Letter | None:
        """The letter that is to leave next, apart from those to chats that rest."""
        given = {
            "channel": channel,
            "now": now,
            "resting": list(resting) or [""],
            "passed_over": list(passed_over) or [0],
        }
        found = (await self._db.execute(_NEXT, given)).one_or_none()
        return letter_from_row(found) if found else None

    async def take(self, found: Letter, now: datetime, held: Held | None = None) -> Letter | None:
        """Write down that the sending of a letter begins; None where it waits no more, or `held` is not held here."""
        values = {"letter_id": found.id, "at": now}
        taken = await self._db.execute(_TAKE_AS_HOLDER if held else _TAKE, values | held.values if held else values)
        return replace(found, attempts=found.attempts + 1) if taken.rowcount == 1 else None

    async def sent(self, letter_id: int, ref: str, now: datetime) -> None:
        await self._db.execute(_SENT, {"letter_id": letter_id, "ref": ref, "at": now})

    async def put_back(
        self, letter_id: int, not_before: datetime, error: str, *, repeated: bool = False, counted: bool = True
    ) -> None:
        """To be sent again, not before an instant; `repeated` where the first copy may have arrived.

        Where it is not `counted`, the attempt was none: the vendor was at fault, not the letter.
        """
        changes: dict[str, object] = {"state": "pending", "not_before": not_before, "error": error}
        if repeated:
            changes["repeated"] = True
        if not counted:
            changes["attempts"] = letter.c.attempts - 1
        await self._settle(letter_id, **changes)

    async def strip(self, letter_id: int, text: str, now: datetime, error: str) -> None:
        """To be sent again with another text and without its files."""
        await self._settle(letter_id, state="pending", text=text, files=[], not_before=now, error=error)

    async def fail(self, letter_id: int, error: str) -> None:
        await self._settle(letter_id, state="failed", error=error)

    async def redirect(self, letter_id: int, channel: str, address: str) -> None:
        """Send it another way."""
        await self._settle(letter_id, state="pending", channel=channel, address=address)
        self.posted_to.add(channel)

    async def _settle(self, letter_id: int, **changes: object) -> None:
        await self._db.execute(
            # a sender that was replaced meanwhile has nothing to say about a letter that has been sent since
            update(letter).where(letter.c.id == bindparam("letter_id"), letter.c.state == "sending").values(**changes),
            {"letter_id": letter_id},
        )

    async def recover(self, channel: str) -> int:
        """Letters that a dead sender left in the middle: each is sent again, marked as repeated; gives their number."""
        orphaned = (letter.c.channel == channel, letter.c.state == "sending")
        again = update(letter).where(*orphaned).values(state="pending", repeated=True)
        return (await self._db.execute(again)).rowcount

    async def drop(self, about: str) -> set[int]:
        """Take back the letters about something that have not left; gives the tasks that they spoke of."""
        rows = await self._db.execute(_DROP, {"about_what": about})
        return {number for (numbers,) in rows for number in numbers}

    async def expire(self, now: datetime) -> int:
        """Give up letters that nobody needs any more."""
        overdue = (letter.c.state == "pending", letter.c.expires_at <= now)
        return (await self._db.execute(update(letter).where(*overdue).values(state="expired"))).rowcount

    async def forget_before(self, instant: datetime) -> int:
        """Delete letters that were settled and posted before an instant."""
        old = letter.delete().where(letter.c.state.not_in(("pending", "sending")), letter.c.posted_at < instant)
        return (await self._db.execute(old)).rowcount

    async def next_at(self, channel: str, now: datetime) -> datetime | None:
        """When the next letter of a channel may leave at the earliest, None when nothing waits."""
        earliest: datetime | None = await self._db.scalar(_NEXT_AT, {"channel": channel, "now": now})
        return earliest

    async def pause(self, channel: str, address: str, now: datetime, until: datetime) -> None:
        """Be silent on a channel (or, with an address, in one chat) until an instant, also after a restart."""
        insert = self._insert(pause).values(channel=channel, address=address, since=now, until=until)
        await self._db.execute(
            insert.on_conflict_do_update(index_elements=["channel", "address"], set_={"since": now, "until": until})
        )

    async def pauses(self, channel: str, now: datetime) -> dict[str, datetime]:
        """Until when the chats of a channel, by address, are silent; under "" the whole channel."""
        rows = await self._db.execute(_PAUSES, {"channel": channel, "now": now})
        return {row.address: row.until for row in rows}

    async def history(self, channel: str, address: str, limit: int) -> list[tuple[datetime, int, Outgoing, str]]:
        """What has been sent to an address, the latest first: when, its number, what, and the vendor's name of it."""
        query = (
            select(letter)
            .where(letter.c.channel == channel, letter.c.address == address, letter.c.state == "sent")
            .order_by(letter.c.id.desc())
            .limit(limit)
        )
        return [(row.sent_at, row.id, outgoing_from_row(row), row.sent_ref) for row in await self._db.execute(query)]

    async def forget_strangers(self) -> None:
        """Erase the addresses of letters that were settled, where nobody is linked at them (any more)."""
        linked = exists().where(account.c.channel == letter.c.channel, account.c.address == letter.c.address)
        settled = letter.c.state.not_in(("pending", "sending"))
        forget = update(letter).where(settled, letter.c.address != "", ~linked).values(address="", sent_ref="")
        await self._db.execute(forget)

    async def forget_address(self, channel: str, address: str) -> None:
        """Erase an address from letters that were sent, and take back those that were not."""
        await self._db.execute(pause.delete().where(pause.c.channel == channel, pause.c.address == address))
        at_address = (letter.c.channel == channel, letter.c.address == address)
        pending = update(letter).where(*at_address, letter.c.state == "pending").values(state="dropped")
        await self._db.execute(pending)
        await self._db.execute(
            update(letter).where(*at_address, letter.c.state != "sending").values(address="", sent_ref="")
        )
