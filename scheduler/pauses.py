"""The silences that a vendor asked for, remembered beside the database: an answer that leaves at once looks here."""

from collections.abc import Mapping
from datetime import datetime

CHANNEL = ""
"""Stands for all chats of the channel."""


class Pauses:
    """Until when the chats of one channel are silent."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def load(self, kept: Mapping[str, datetime]) -> None:
        """Remember what the database keeps, and nothing else."""
        self._until = dict(kept)

    def add(self, address: str, until: datetime, now: datetime) -> None:
        """Be silent; pauses that are over are forgotten."""
        self._until = {chat: end for chat, end in self._until.items() if now < end} | {address: until}

    def silent(self, address: str, now: datetime) -> bool:
        """Whether nothing may leave for an address."""
        return any(now < self._until[one] for one in (CHANNEL, address) if one in self._until)

    @property
    def channel_until(self) -> datetime | None:
        """Until when, or until when at last, the whole channel is silent."""
        return self._until.get(CHANNEL)
