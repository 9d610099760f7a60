"""A bot written straight on python-telegram-bot: answers commands, and sends to many in a loop. Its own process.

The library's own limiter, `AIORateLimiter`, sees to the vendor's limits.
"""

import argparse
import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Message, Update
from telegram.ext import AIORateLimiter, Application, CommandHandler, ContextTypes

from tests.benchmarks.agency import Size, chat
from tests.benchmarks.broadcast_letter import BUTTON, FILE_NAME, TEXT, content
from tests.simulators.telegram import TOKEN

MOST_RETRIES = 20
"""After so many demands for silence a message is lost."""


async def _viec(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message:
        await update.message.reply_text("Đồng chí có 01 nhiệm vụ.")


def _xong(size: Size):  # type: ignore[no-untyped-def]
    async def xong(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            number = (context.args or [""])[0]
            await update.message.reply_text(f"Đã ghi nhận nhiệm vụ số {number} hoàn thành.")
            head = chat(size.unit_of(update.message.chat_id - chat(0)))
            await context.bot.send_message(head, f"Đề nghị xác nhận nhiệm vụ số {number}.")

    return xong


def _file_of(message: Message) -> str:
    return message.document.file_id if message.document else ""


async def _broadcast(application: Application, people: range) -> None:  # type: ignore[type-arg]
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton(*BUTTON)]])
    file: InputFile | str = InputFile(content(), FILE_NAME)
    for person in people:
        sent = await application.bot.send_document(chat(person), file, TEXT, parse_mode="HTML", reply_markup=keyboard)
        file = _file_of(sent)


async def run(url: str, size: Size, recipients: int) -> None:
    limiter = AIORateLimiter(max_retries=MOST_RETRIES)
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot").rate_limiter(limiter).job_queue(None)
    application = builder.build()
    application.add_handlers([CommandHandler("viec", _viec), CommandHandler("xong", _xong(size))])
    assert application.updater is not None
    async with application:
        await application.start()
        await application.updater.start_polling()
        await _broadcast(application, size.people()[:recipients])
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.library_broadcast", description=__doc__)
    parser.add_argument("url")
    for name in ("units", "officers", "recipients"):
        parser.add_argument(name, type=int)
    options = parser.parse_args()
    asyncio.run(run(options.url, Size(options.units, options.officers, options.officers), options.recipients))


if __name__ == "__main__":
    main()
