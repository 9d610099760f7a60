"""What a person has to put right at Zalo is told to the Office: by other channels first, as this one is in trouble."""

from bot.channels.zalo_oa_events import CHANNEL
from domain.clock import Clock
from locales.speech import Speech
from locales.texts import zalo as texts
from scheduler.alarms import alarm
from storage.unit_of_work import Store, UnitOfWork


class Troubles:
    """Tells of troubles, each once a day."""

    def __init__(self, store: Store, speech: Speech, clock: Clock) -> None:
        """`clock` is the assistant's own."""
        self._store, self._speech, self._clock = store, speech, clock
        self._told: set[str] = set()

    async def token_lost(self, uow: UnitOfWork, generation: int) -> None:
        """The permission has to be given again."""
        said = texts.token_lost(self._speech)
        await alarm(uow, said, f"{CHANNEL}:lost:{generation}", self._clock.now(), not_by=CHANNEL)

    async def out_of_order(self, code: int) -> None:
        """Zalo refuses everything until something is put right there."""
        now = self._clock.now()
        key = f"{CHANNEL}:{code}:{now.astimezone(self._speech.zone).date()}"
        if key in self._told:
            return
        async with self._store.write() as uow:
            await alarm(uow, texts.out_of_order(self._speech, code), key, now, not_by=CHANNEL)
        self._told.add(key)
