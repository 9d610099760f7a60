"""The senders of all channels together."""

from scheduler.sender import Sender


class Senders:
    """The senders of all channels, by name."""

    def __init__(self, senders: dict[str, Sender]) -> None:
        self.by_channel = senders

    def wake(self, channels: set[str]) -> None:
        for name in channels:
            if name in self.by_channel:
                self.by_channel[name].wake()

    def get(self, channel: str) -> Sender | None:
        return self.by_channel.get(channel)
