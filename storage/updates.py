"""Updates: letters that put other words into the message of an earlier one, instead of being messages of their own."""

from sqlalchemy import select, update

from domain.messages import Letter, Sent
from storage.codecs import buttons_to_json, files_to_json, table
from storage.engine import Connection
from storage.models import LetterRow

letter = table(LetterRow)


class Updates:
    """Updates of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def supersede(self, newer: Letter, about: str) -> None:
        """A new update: earlier ones that have not left are superfluous, and so is it where its letter has not left."""
        if about:
            others = (letter.c.replaces == newer.replaces, letter.c.id != newer.id)
            waiting = (letter.c.about == about, letter.c.state == "pending")
            await self._db.execute(update(letter).where(*others, *waiting).values(state="merged"))
        await self.merge(newer, "")

    async def earlier(self, newer: Letter) -> Sent | None:
        """Where the letter is that an update replaces; None where it is gone, or will not be sent any more."""
        row = (await self._db.execute(select(letter).where(letter.c.id == newer.replaces))).one_or_none()
        if row is None or row.state not in ("pending", "sending", "sent"):
            return None
        return Sent(row.channel, row.address, row.sent_ref if row.state == "sent" else "")

    async def merge(self, newer: Letter, ref: str) -> bool:
        """Give an update's words to the letter that it replaces, with the `ref` of the message that has them now.

        Without `ref`, only where that letter has not left. False where it cannot have them; then nothing is changed.
        """
        out = newer.outgoing
        words = {"text": out.text, "buttons": buttons_to_json(out.buttons), "files": files_to_json(out.files)}
        there = (letter.c.channel == newer.channel, letter.c.address == newer.address, letter.c.state == "sent")
        changed = update(letter).where(
            letter.c.id == newer.replaces, *(there if ref else [letter.c.state == "pending"])
        )
        if (await self._db.execute(changed.values(**words, **({"sent_ref": ref} if ref else {})))).rowcount != 1:
            return False
        await self.settle(newer)
        return True

    async def settle(self, newer: Letter) -> None:
        """An update is done with, without being a message of its own."""
        await self._db.execute(update(letter).where(letter.c.id == newer.id).values(state="merged"))
