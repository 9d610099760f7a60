"""The doctor's look at how the channels do: what was heard and sent there, what waits, what is left of the month."""

from bot.channels import registry
from bot.cli.calls import Call
from bot.cli.doctor_database import Record
from bot.cli.findings import Finding, Topic, not_well, note, well
from domain.channel import Limits
from domain.clock import SystemClock
from domain.ways import Health, Share
from locales.texts import channels as channel_texts
from locales.texts import cli_ways as texts
from locales.texts.people import channel_name
from storage.files import FileStore
from storage.unit_of_work import Store


def limits(call: Call, store: Store) -> dict[str, Limits]:
    """What the vendors of the configured channels allow."""
    files = FileStore(call.settings.data_dir / "files")
    parts = registry.Parts(call.settings, SystemClock(), files, call.speech, store)
    return {name: channel.limits for name, channel in registry.configured(parts).items()}


def ways(call: Call, record: Record) -> list[Finding]:
    """A finding for every channel."""
    return [_finding(call, record, one) for one in record.health]


def _finding(call: Call, record: Record, one: Health) -> Finding:
    speech, standing = call.speech, one.standing
    runs_out = standing.runs_out_on(call.now.astimezone(call.zone).date(), record.calendar)
    said = f"{channel_name(speech, one.channel)}: {channel_texts.state(speech, one, runs_out, None)}"
    if not standing.has_room(call.now, Share.LAST):
        return not_well(Topic.CHANNELS, (said, texts.quota_used_up(speech)))
    if standing.percent >= Share.ANY:
        return note(Topic.CHANNELS, (said, texts.quota_nearly_used_up(speech)))
    if one.paused_until is not None:
        return note(Topic.CHANNELS, (said, texts.silenced(speech)))
    return well(Topic.CHANNELS, said)
