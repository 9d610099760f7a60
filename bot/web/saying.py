"""What a page says in a conversation, and that the person hears of it where it was not kept."""

from collections.abc import Awaitable, Callable

import structlog

from bot.web.site import Site
from locales.texts import web as texts

log = structlog.get_logger()


class Saying:
    """Says things at an address. `may_write` is asked before anything is said, `leave` called where it is not.

    `note` is told what the person is to read below it: that it was not kept, or nothing.
    """

    def __init__(
        self,
        site: Site,
        address: str,
        may_write: Callable[[], Awaitable[bool]],
        leave: Callable[[], None],
        note: Callable[[str], object],
    ) -> None:
        self._site = site
        self._address = address
        self._may_write = may_write
        self._leave = leave
        self._note = note
        self.is_busy = False
        """Whether something is being said just now."""

    async def say(self, text: str = "", **more: object) -> bool:
        """Say something; says whether it was kept."""
        self.is_busy = True
        try:
            if not await self._may_write():
                self._leave()
                return False
            await self._site.channel.say(self._address, text, **more)  # type: ignore[arg-type]
        except Exception:
            # locked, full, stopping: whatever it is, the person must know, and lose nothing
            log.exception("not_kept")
            self._note(texts.not_sent(self._site.speech))
            return False
        finally:
            self.is_busy = False
        self._note("")
        return True
