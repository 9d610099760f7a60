"""What leaves of a letter on one channel: dressed, as an update where it is one, a link for a file that is too much."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from domain.channel import Channel, Feature, Selective, SentRef
from domain.clock import Clock
from domain.messages import Letter, Outgoing, Priority, StoredFile
from locales.speech import Speech
from locales.texts import choices, mail
from scheduler.letters import dressed
from scheduler.quota import paid
from scheduler.updates import send_update
from storage.file_links import LIFE
from storage.unit_of_work import Store

FileUrl = Callable[[str], str | None]
"""Where a one-time link's secret leads; None where people cannot reach the web of this assistant."""


def nowhere(_secret: str) -> None:
    """There is no web that people could reach."""


class Delivery:
    """Hands letters over to their channel."""

    def __init__(self, store: Store, clock: Clock, speech: Speech, *, rehearsal: bool, file_url: FileUrl) -> None:
        self._store = store
        self._clock = clock
        self._speech = speech
        self._rehearsal = rehearsal
        self._file_url = file_url

    async def send(self, channel: Channel, letter: Letter) -> str:
        """The vendor's name of the message; empty where an update was not worth one. Raises DeliveryError."""
        ready = replace(letter, outgoing=self._with_tap(channel, letter, await self._with_links(channel, letter)))
        if letter.replaces is not None:
            return await send_update(channel, self._store, ready, self._dress, partial(self._hand_over, channel))
        return (await self._hand_over(channel, ready)).ref

    async def _hand_over(self, channel: Channel, letter: Letter) -> SentRef:
        outgoing = await self._in_lines(channel, letter, self._dress(letter))
        async with paid(channel, self._store, self._clock, letter, outgoing):
            return await channel.send(letter.address, outgoing)

    def _with_tap(self, channel: Channel, letter: Letter, outgoing: Outgoing) -> Outgoing:
        """Where people can be written to only for a while after they were heard, one tap is enough to be heard."""
        if channel.limits.window is None or letter.priority is Priority.ANSWER:
            return outgoing
        tap = mail.seen(self._speech)
        buttons = [button for row in outgoing.buttons for button in row]
        most = channel.limits.most_buttons
        if (most is not None and len(buttons) >= most) or tap.label in {button.label for button in buttons}:
            return outgoing
        return replace(outgoing, buttons=(*outgoing.buttons, (tap,)))

    async def _in_lines(self, channel: Channel, letter: Letter, outgoing: Outgoing) -> Outgoing:
        """With numbered lines instead of buttons that the channel does not have; their number is waited for."""
        if channel.limits.shows(outgoing.buttons):
            if outgoing.buttons and channel.limits.most_buttons is not None:
                await self._supersede(letter)
            return outgoing
        # before it leaves: the answer may be here before the vendor has said that it has arrived
        async with self._store.write() as uow:
            await uow.questions.ask(letter.id)
        return choices.in_lines(self._speech, outgoing)

    async def _supersede(self, letter: Letter) -> None:
        """What asks by buttons is the last question now: no number that comes later means an older one."""
        async with self._store.read() as uow:
            asked = await uow.questions.open(letter.channel, letter.address)
        if asked:
            async with self._store.write() as uow:
                await uow.questions.close(asked)

    def _dress(self, letter: Letter) -> Outgoing:
        return dressed(letter, self._speech, rehearsal=self._rehearsal)

    async def _with_links(self, channel: Channel, letter: Letter) -> Outgoing:
        """The letter with a link, or a word about it, instead of every file that the channel cannot carry."""
        outgoing = letter.outgoing
        left_out = [file for file in outgoing.files if not _carries(channel, file)]
        if not left_out:
            return outgoing
        text = mail.with_remarks(outgoing.text, [await self._remark(letter, file) for file in left_out])
        return replace(outgoing, text=text, files=tuple(file for file in outgoing.files if file not in left_out))

    async def _remark(self, letter: Letter, file: StoredFile) -> str:
        if self._file_url("") is None:
            return mail.file_at_office(self._speech, file.name)
        async with self._store.write() as uow:
            account = await uow.people.account_at(letter.channel, letter.address)
            person_id = letter.person_id or (account.person_id if account else None)
            secret = await uow.file_links.make(person_id, file, self._clock.now()) if person_id else ""
        if not secret or (url := self._file_url(secret)) is None:
            return mail.file_at_office(self._speech, file.name)
        return mail.file_link(self._speech, file.name, url, LIFE.days)


def _carries(channel: Channel, file: StoredFile) -> bool:
    if isinstance(channel, Selective):
        return channel.carries(file)
    most = channel.limits.max_file_out
    return Feature.FILES_OUT in channel.features and (most is None or file.size <= most)
