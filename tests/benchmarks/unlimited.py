"""The assistant's command line with the vendor's rates lifted: what is measured is then the assistant alone."""

from dataclasses import replace

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_limits import LIMITS
from main import main

UNLIMITED = replace(LIMITS, per_second=None, per_chat_second=None, per_group_minute=None)

if __name__ == "__main__":
    TelegramChannel.limits = UNLIMITED
    main()
