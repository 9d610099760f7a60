"""What somebody was last reminded of."""

from sqlalchemy import select

from storage.codecs import table
from storage.engine import Connection
from storage.models import LetterRow

letter = table(LetterRow)


class Reminded:
    """Reminders of one transaction that have left."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def last(self, person_id: int, about: str) -> list[int]:
        """The tasks that the last letter about something spoke of, as it named them."""
        theirs = (letter.c.person_id == person_id, letter.c.state.in_(("sent", "sending")), letter.c.about == about)
        numbers = await self._db.scalar(select(letter.c.tasks).where(*theirs).order_by(letter.c.id.desc()).limit(1))
        return list(numbers or ())

    async def tasks_of(self, letter_id: int) -> list[int]:
        """The tasks that a letter speaks of."""
        return list(await self._db.scalar(select(letter.c.tasks).where(letter.c.id == letter_id)) or ())
