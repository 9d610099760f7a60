"""Which letters wait for a number: those that went out with numbered lines, until their reader has said something."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, or_, select, update

from domain.channel import Limits
from domain.questions import Question
from storage.codecs import buttons_from_json, table
from storage.engine import Connection
from storage.models import LetterRow

letter = table(LetterRow)

MOST = 20

_OPEN = (
    select(letter.c.id, letter.c.buttons, letter.c.attempted_at)
    .where(
        letter.c.channel == bindparam("channel"),
        letter.c.address == bindparam("address"),
        letter.c.asks,
        # one that surely did not arrive has asked nothing yet; an update that asks has been a message of its own
        or_(letter.c.state.in_(("sent", "sending", "merged")), letter.c.repeated),
        letter.c.attempted_at.is_not(None),
    )
    .order_by(letter.c.attempted_at.desc(), letter.c.id.desc())
    .limit(MOST)
)


class Questions:
    """Questions of one transaction; `limits` are those of the channels, by name."""

    def __init__(self, connection: Connection, limits: Mapping[str, Limits]) -> None:
        self._db = connection
        self._limits = limits

    async def ask(self, letter_id: int) -> None:
        """A letter is about to leave with numbered lines."""
        await self._db.execute(update(letter).where(letter.c.id == letter_id).values(asks=True))

    async def open(self, channel: str, address: str) -> list[Question] | None:
        """The questions that wait in a chat, the latest first; None where the channel has buttons for everything."""
        limits = self._limits.get(channel)
        if limits is None or limits.most_buttons is None:
            return None
        rows = await self._db.execute(_OPEN, {"channel": channel, "address": address})
        return [Question(row.id, buttons_from_json(row.buttons), row.attempted_at) for row in rows if row.buttons]

    async def close(self, asked: Sequence[Question]) -> None:
        """Their reader has said something: a number that comes later does not mean them."""
        if asked:
            numbers = [one.letter_id for one in asked]
            await self._db.execute(update(letter).where(letter.c.id.in_(numbers)).values(asks=False))
