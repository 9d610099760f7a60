"""People, their accounts, and the one-time codes that link them."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from domain.people import Account, Agency, Person, Role, Unit
from storage.absences import Absences
from storage.codecs import table
from storage.engine import Connection, insert_of
from storage.models import AccountRow, InviteRow, PersonRow, UnitRow, WebSessionRow, WrongTriesRow

unit, person, account = table(UnitRow), table(PersonRow), table(AccountRow)
invite, wrong_tries, web_session = table(InviteRow), table(WrongTriesRow), table(WebSessionRow)

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
INVITE_LIFE = timedelta(days=14)
LINK_LIFE = timedelta(minutes=10)
SESSION_LIFE = timedelta(days=90)
WRONG_TRIES = 5
LOCK_TIME = timedelta(minutes=15)


def tidy_code(code: str) -> str:
    """A code as it is compared: capitals, without spaces and hyphens."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def looks_like_code(text: str) -> bool:
    """Whether a text could be meant as a code."""
    code = tidy_code(text)
    return len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _to_account(row: Any) -> Account:
    return Account(
        row.id,
        row.person_id,
        row.channel,
        row.address,
        row.linked_at,
        row.last_heard_at,
        row.preferred,
        row.unreachable_since,
    )


_BY_ADDRESS = select(account).where(
    account.c.channel == bindparam("channel"), account.c.address == bindparam("address")
)
_BY_PERSON = select(account).where(account.c.person_id == bindparam("person_id")).order_by(account.c.id)


class People:
    """People of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def load(self) -> Agency:
        """All units, everybody who has not left, and who is or will be away; in the order in which they came."""
        units = await self._db.execute(select(unit).where(unit.c.closed_at.is_(None)).order_by(unit.c.id))
        people = await self._db.execute(select(person).where(person.c.left_at.is_(None)).order_by(person.c.id))
        return Agency(
            [Unit(row.id, row.name, row.parent_id) for row in units],
            [Person(row.id, row.name, row.unit_id, Role(row.role), row.title, row.focal) for row in people],
            await Absences(self._db).all(),
        )

    async def account_at(self, channel: str, address: str) -> Account | None:
        row = (await self._db.execute(_BY_ADDRESS, {"channel": channel, "address": address})).one_or_none()
        return _to_account(row) if row else None

    async def account(self, account_id: int) -> Account | None:
        row = (await self._db.execute(select(account).where(account.c.id == account_id))).one_or_none()
        return _to_account(row) if row else None

    async def accounts(self, person_id: int) -> list[Account]:
        return [_to_account(row) for row in await self._db.execute(_BY_PERSON, {"person_id": person_id})]

    async def accounts_of(self, person_ids: Sequence[int]) -> dict[int, list[Account]]:
        """The accounts of many people at once."""
        found: dict[int, list[Account]] = {}
        query = select(account).where(account.c.person_id.in_(person_ids)).order_by(account.c.id)
        for row in await self._db.execute(query):
            found.setdefault(row.person_id, []).append(_to_account(row))
        return found

    async def heard(self, account_id: int, now: datetime) -> None:
        """Somebody wrote: the account is alive."""
        await self._db.execute(
            update(account)
            .where(account.c.id == bindparam("heard_id"))
            .values(last_heard_at=bindparam("at"), unreachable_since=None),
            {"heard_id": account_id, "at": now},
        )

    async def unreachable(self, channel: str, address: str, now: datetime) -> None:
        await self._db.execute(
            update(account)
            .where(account.c.channel == channel, account.c.address == address, account.c.unreachable_since.is_(None))
            .values(unreachable_since=now)
        )

    async def moved(self, channel: str, address: str, new_address: str) -> None:
        """A chat has another address; where that one is linked already, the old one goes."""
        if await self.account_at(channel, new_address):
            await self._db.execute(delete(account).where(account.c.channel == channel, account.c.address == address))
            return
        await self._db.execute(
            update(account)
            .where(account.c.channel == channel, account.c.address == address)
            .values(address=new_address)
        )

    async def prefer(self, person_id: int, account_id: int) -> None:
        """Letters go to this account first."""
        of_person = account.c.person_id == person_id
        await self._db.execute(update(account).where(of_person).values(preferred=account.c.id == account_id))

    async def link(self, person_id: int, channel: str, address: str, now: datetime) -> Account:
        """The address is the person's from now on, whoever had it before."""
        insert = insert_of(self._db.dialect.name)(account).values(
            person_id=person_id, channel=channel, address=address, linked_at=now, last_heard_at=now, preferred=False
        )
        changes = {"person_id": person_id, "linked_at": now, "last_heard_at": now, "unreachable_since": None}
        await self._db.execute(insert.on_conflict_do_update(index_elements=["channel", "address"], set_=changes))
        row = (await self._db.execute(_BY_ADDRESS, {"channel": channel, "address": address})).one()
        return _to_account(row)

    async def unlink(self, account_id: int) -> None:
        await self._db.execute(delete(account).where(account.c.id == account_id))

    # -- codes ---------------------------------------------------------------------------------------------------

    async def invite(self, person_id: int, now: datetime, life: timedelta = INVITE_LIFE) -> str:
        """A new one-time code for a person; unused ones of theirs that end no later than this one are void."""
        mine = (invite.c.person_id == person_id, invite.c.used_at.is_(None), invite.c.expires_at <= now + life)
        await self._db.execute(delete(invite).where(*mine))
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        await self._db.execute(
            invite.insert().values(code_hash=_hash(code), person_id=person_id, expires_at=now + life, used_at=None)
        )
        return code

    async def redeem(self, code: str, now: datetime) -> int | None:
        """Use up a code; gives the person that it was made for, None where it is wrong, used or too old."""
        good = (invite.c.code_hash == _hash(tidy_code(code)), invite.c.used_at.is_(None), invite.c.expires_at > now)
        used = await self._db.execute(update(invite).where(*good).values(used_at=now).returning(invite.c.person_id))
        found: int | None = used.scalar()
        return found

    async def is_locked(self, channel: str, address: str, now: datetime) -> bool:
        """Whether an address gave too many wrong codes just now."""
        tries = wrong_tries.c
        mine = (tries.channel == channel, tries.address == address, tries.tries >= WRONG_TRIES)
        recent = (tries.last_at > now - LOCK_TIME, tries.last_at <= now)
        return bool(await self._db.scalar(select(func.count()).where(*mine, *recent)))

    async def wrong_try(self, channel: str, address: str, now: datetime) -> int:
        """Count a wrong code; gives how many there were in a row. Tries older than the lock time are forgotten."""
        tries = wrong_tries.c
        mine = (tries.channel == channel, tries.address == address)
        stale = or_(tries.last_at <= now - LOCK_TIME, tries.last_at > now)
        await self._db.execute(delete(wrong_tries).where(*mine, stale))
        insert = insert_of(self._db.dialect.name)(wrong_tries)
        insert = insert.values(channel=channel, address=address, tries=1, last_at=now)
        counted = insert.on_conflict_do_update(
            index_elements=["channel", "address"], set_={"tries": tries.tries + 1, "last_at": now}
        )
        return int((await self._db.execute(counted.returning(tries.tries))).scalar_one())

    async def forgive(self, channel: str, address: str) -> None:
        """A right code wipes out the wrong ones."""
        mine = (wrong_tries.c.channel == channel, wrong_tries.c.address == address)
        await self._db.execute(delete(wrong_tries).where(*mine))

    # -- browsers ------------------------------------------------------------------------------------------------

    async def open_session(self, account_id: int, now: datetime) -> str:
        """Let a browser in; gives the secret for its cookie."""
        token = secrets.token_urlsafe(32)
        await self._db.execute(
            web_session.insert().values(token_hash=_hash(token), account_id=account_id, expires_at=now + SESSION_LIFE)
        )
        return token

    async def session_account(self, token: str, now: datetime) -> Account | None:
        """Whose browser shows this cookie."""
        query = (
            select(account)
            .join(web_session, web_session.c.account_id == account.c.id)
            .where(web_session.c.token_hash == _hash(token), web_session.c.expires_at > now)
        )
        row = (await self._db.execute(query)).one_or_none()
        return _to_account(row) if row else None

    async def close_session(self, token: str) -> None:
        await self._db.execute(delete(web_session).where(web_session.c.token_hash == _hash(token)))

    async def sweep(self, now: datetime) -> None:
        """Delete codes, locks and browser sessions that have run out."""
        await self._db.execute(delete(invite).where(invite.c.expires_at <= now))
        await self._db.execute(delete(wrong_tries).where(wrong_tries.c.last_at <= now - LOCK_TIME))
        await self._db.execute(delete(web_session).where(web_session.c.expires_at <= now))
