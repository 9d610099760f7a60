"""A process that does nothing but renew a token, to be killed at any instant. It prints each renewal."""

import asyncio
import sys
from datetime import date
from zoneinfo import ZoneInfo

from bot.channels.zalo_oa import Keys, ZaloOaChannel
from bot.channels.zalo_oa_templates import Facts
from bot.channels.zalo_oa_tokens import NoToken
from bot.channels.zalo_oa_troubles import Troubles
from domain.clock import SystemClock
from domain.messages import StoredFile
from locales.speech import Speech
from storage.engine import make_engine
from storage.unit_of_work import Store


async def no_file(_file: StoredFile) -> bytes:
    return b""


async def rotate(url: str, database_url: str, given: str, app_id: str, app_secret: str) -> None:
    store, clock = Store(make_engine(database_url), ZoneInfo("Asia/Ho_Chi_Minh")), SystemClock()
    channel = ZaloOaChannel(
        Keys(app_id, app_secret, "", given),
        store,
        clock=clock,
        open_file=no_file,
        troubles=Troubles(store, Speech(), clock),
        facts=Facts(lambda: date(2026, 11, 23)),
        api_url=url,
        oauth_url=url,
    )
    try:
        used = await channel._tokens.token()
        while True:
            used = await channel._tokens.renew(used)
            print("renewed", flush=True)
    except NoToken:
        print("lost", flush=True)
    finally:
        await store.close()


if __name__ == "__main__":
    asyncio.run(rotate(*sys.argv[1:6]))
