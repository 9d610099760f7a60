"""Messages that nobody can read here: a voice, a sticker, a file on a channel that brings no files in."""

from domain.messages import Outgoing
from domain.refusals import Because, Refusal
from handlers.context import Context
from locales.texts import unreadable as texts
from storage.upload_links import LIFE

VOICES = ("voice", "audio", "video_note")
STICKERS = ("sticker", "animation", "gif", "dice")
FILES = ("file",)
"""What a channel says that tells no more than that it was something it does not hand on."""


async def unreadable(ctx: Context, kind: str) -> Outgoing:
    """A kind sentence; for a file the way by which it can come in all the same."""
    if kind in VOICES:
        raise Refusal(Because.VOICE)
    if kind in STICKERS:
        raise Refusal(Because.STICKER)
    if kind not in FILES:
        raise Refusal(Because.UNSUPPORTED_KIND)
    if ctx.desk.upload("") is None:
        raise Refusal(Because.NO_FILES_HERE)
    url = ctx.desk.upload(await ctx.uow.upload_links.make(ctx.account.id, ctx.now))
    return texts.hand_in(ctx.say, url or "", int(LIFE.total_seconds() // 3600))
