"""The assistant's command line in a hurry: no vendor's rates, many ticks a second, and a fan-out in small steps."""

import bot.app
from bot.channels.telegram import TelegramChannel
from main import main
from scheduler import fan_out
from tests.benchmarks.unlimited import UNLIMITED

if __name__ == "__main__":
    TelegramChannel.limits = UNLIMITED
    bot.app.TICK = 0.1
    fan_out.PEOPLE_AT_ONCE = 10
    main()
