"""`zalo connect`: an administrator gives permission in a browser, and the first pair of tokens is kept."""

import asyncio
import secrets
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from bot.channels.zalo_oa import keys_of
from bot.channels.zalo_oa_events import CHANNEL
from bot.channels.zalo_oa_oauth import NoAnswer, NotSent, OAuth, OAuthError, Pair, Proof
from bot.channels.zalo_oa_tokens import mark_of, seal_of
from bot.cli.calls import Call, Refused
from bot.cli.database import ready
from bot.cli.printing import ask, out
from domain.clock import SystemClock
from locales.texts import cli_zalo as texts
from storage.vendor_tokens import SealedPair


def connect(call: Call, redirect: str | None) -> None:
    """Show the page, take the address that the browser is led to, and keep what its code is exchanged for."""
    settings, speech = call.settings, call.speech
    if not settings.has_zalo_oa:
        raise Refused(texts.zalo_oa_not_set(speech))
    if (back := redirect or settings.public_url) is None:
        raise Refused(texts.no_redirect(speech))
    keys, proof, state = keys_of(settings), Proof.new(), secrets.token_urlsafe(12)
    oauth = OAuth(keys.app_id, keys.app_secret, settings.zalo_oa_oauth_url)
    out(*texts.give_permission(speech, back, oauth.permission_page(back, proof, state)))
    code = _code(call, ask(texts.paste_address(speech)), state)
    until = asyncio.run(_keep(call, oauth, code, proof))
    out(texts.connected(speech, until))


def _code(call: Call, pasted: str, state: str) -> str:
    """The code in an address; or what was pasted itself, where it is no address."""
    if "=" not in pasted:
        return pasted.strip()
    found = {name: values[0] for name, values in parse_qs(urlsplit(pasted.strip()).query).items()}
    if "code" not in found:
        raise Refused(texts.no_code(call.speech))
    if found.get("state", state) != state:
        raise Refused(texts.another_page(call.speech))
    return found["code"]


async def _keep(call: Call, oauth: OAuth, code: str, proof: Proof) -> datetime:
    """Exchange the code and keep the pair; gives how long the access token is good."""
    keys = keys_of(call.settings)
    seal = seal_of(keys.app_secret)
    # the database first: once the code is exchanged there must be a place for what comes of it
    async with ready(call) as store:
        pair = await _exchanged(call, oauth, code, proof)
        until = SystemClock().now() + timedelta(seconds=pair.seconds)
        sealed = SealedPair(seal.close(pair.access), seal.close(pair.refresh), until)
        async with store.write() as uow:
            await uow.vendor_tokens.put(CHANNEL, sealed, mark_of(keys.refresh_token))
    return until


async def _exchanged(call: Call, oauth: OAuth, code: str, proof: Proof) -> Pair:
    try:
        return await oauth.exchange(code, proof)
    except (NotSent, NoAnswer):
        sentence = texts.oauth_silent(call.speech, call.settings.zalo_oa_oauth_url)
    except OAuthError as refusal:
        sentence = texts.code_refused(call.speech, str(refusal))
    raise Refused(sentence)
