"""What a test holds over the simulated Telegram: ordered faults, flood mode, and a look at what the bot did."""

from collections.abc import Callable
from typing import Literal

from tests.simulators.telegram_faults import Fault, Faults, Floods
from tests.simulators.telegram_journal import Journal
from tests.simulators.telegram_people import People
from tests.simulators.telegram_world import Json


class Controls(People):
    journal: Journal
    faults: Faults
    flood_limits: Floods

    # --- what goes wrong

    def fault(
        self,
        method: str | None = None,
        chat_id: int | None = None,
        code: int | None = None,
        retry_after: int | None = None,
        description: str | None = None,
        times: int | None = 1,
        delay: float = 0.0,
        drop: Literal["before", "after"] | None = None,
    ) -> None:
        self.faults.order(Fault(method, chat_id, code, retry_after, description, times, delay, drop))

    def clear_faults(self) -> None:
        self.faults.clear()

    def flood(self, on: bool = True) -> None:
        self.flood_limits.enforce(on)

    # --- what the bot did

    @property
    def floods(self) -> list[Json]:
        return self.flood_limits.records

    @property
    def confirmed_offset(self) -> int:
        return self.updates.confirmed_offset

    def pending_updates(self) -> list[Json]:
        return self.updates.pending()

    def sent(self, chat_id: int | None = None) -> list[Json]:
        return self.journal.sent_to(chat_id)

    def calls(self, method: str | None = None) -> list[Json]:
        return self.journal.calls_of(method)

    def clear(self) -> None:
        """Forgets what the bot did so far; people, chats and pending updates stay."""
        self.journal.clear()

    async def wait_sent(self, n: int, chat_id: int | None = None, timeout: float = 20) -> list[Json]:
        try:
            await self.wait_until(lambda: self._sent_count(chat_id) >= n, timeout)
        except TimeoutError:
            raise TimeoutError(f"{self._sent_count(chat_id)} of {n} messages in {timeout} s") from None
        return self.sent(chat_id)

    async def wait_until(self, predicate: Callable[[], object], timeout: float = 20) -> None:
        """Waits until the predicate is true, asking again after each change."""
        await self.journal.wait_until(predicate, timeout)

    def _sent_count(self, chat_id: int | None) -> int:
        return len(self.journal.sent) if chat_id is None else len(self.sent(chat_id))
