"""The way in and out of the web: a one-time code opens a session, kept in a cookie that no script can read."""

import re
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_urlsafe
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from bot.channels.web import CHANNEL
from bot.settings import TABLE_PATH
from bot.web import plain
from bot.web.safe_html import safe_html
from bot.web.site import COOKIE, Site
from domain.people import Account, Person
from domain.refusals import Because, Refusal
from handlers.accounts import found, let_in
from locales.texts import web as texts
from locales.texts.refusals import refused
from storage.people import SESSION_LIFE
from storage.unit_of_work import UnitOfWork

SEE_OTHER = 303
FORBIDDEN, TOO_MANY = 403, 429
LONGEST_CODE = 40
NEXT, NEXT_LIFE = "nhacviec_tiep", 3600
"""The cookie with the document whose table somebody wanted to see who has to come in first; its life in seconds."""

_DOCUMENT = re.compile(r"[0-9]{1,9}")


def caller(request: Request) -> str:
    """Whose wrong codes are counted together: an IPv4 address, or the network that one IPv6 subscriber has."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return host


def comes_from_elsewhere(request: Request) -> bool:
    """Whether another site has made the browser post this."""
    return request.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site")


async def web_account(uow: UnitOfWork, person: Person, now: datetime) -> Account:
    """The person's account on the web: the one that there is, so that every browser shows the same conversation."""
    for account in await uow.people.accounts(person.id):
        if account.channel == CHANNEL:
            await uow.people.heard(account.id, now)
            return account
    account = await uow.people.link(person.id, CHANNEL, token_urlsafe(16), now)
    await found(uow, account, now)
    return account


async def redeem(site: Site, address: str, code: str) -> str | Refusal:
    """Use a code up; gives the secret of a new session."""
    now = site.clock.now()
    async with site.store.write() as uow:
        person = await let_in(uow, CHANNEL, address, code[:LONGEST_CODE], now)
        if isinstance(person, Refusal):
            return person
        account = await web_account(uow, person, now)
        return await uow.people.open_session(account.id, now)


def router(site: Site) -> APIRouter:
    """The pages of the door."""
    routes = APIRouter()
    _, words = site.speech, texts.way_in(site.speech, site.rules.agency)

    async def enter(request: Request, code: str) -> Response:
        if comes_from_elsewhere(request):
            return plain.page(site, *texts.elsewhere(_), status=FORBIDDEN)
        token = await redeem(site, caller(request), code)
        return _refused(site, token) if isinstance(token, Refusal) else _let_in(site, request, token)

    @routes.get("/vao")
    async def ask_for_code() -> Response:
        more = plain.form("/vao", words["enter"], plain.code_field(words["code"])) + plain.note(words["where"])
        return plain.page(site, words["title"], words["ask"], more)

    @routes.get("/vao/{code}")
    async def show_button(code: str) -> Response:
        # a messenger that looks at the link to show a preview must not use the code up: only the button does
        more = plain.form(f"/vao/{quote(code, safe='')}", words["enter"]) + plain.note(words["ready"])
        return plain.page(site, words["title"], words["about"], more)

    @routes.post("/vao")
    async def enter_with_typed_code(request: Request, code: str = Form("")) -> Response:
        return await enter(request, code)

    @routes.post("/vao/{code}")
    async def enter_with_link(request: Request, code: str) -> Response:
        return await enter(request, code)

    @routes.get("/ra")
    async def ask_to_leave() -> Response:
        out = texts.way_out(_)
        return plain.page(site, out["title"], out["about"], plain.form("/ra", out["leave"]) + _back(out["stay"]))

    @routes.post("/ra")
    async def leave(request: Request) -> Response:
        if comes_from_elsewhere(request):
            return plain.page(site, *texts.elsewhere(_), status=FORBIDDEN)
        return await _let_out(site, request)

    return routes


def _back(label: str) -> Markup:
    return plain.link("/chat", label)


def ask_first(document_id: int) -> Response:
    """To the door, and from there on to the table of a document."""
    answer = RedirectResponse("/vao")
    answer.set_cookie(NEXT, str(document_id), max_age=NEXT_LIFE, httponly=True, samesite="lax", path="/vao")
    return answer


def _let_in(site: Site, request: Request, token: str) -> Response:
    wanted = request.cookies.get(NEXT, "")
    answer = RedirectResponse(f"{TABLE_PATH}/{wanted}" if _DOCUMENT.fullmatch(wanted) else "/chat", SEE_OTHER)
    answer.delete_cookie(NEXT, path="/vao", httponly=True, samesite="lax")
    life = int(SESSION_LIFE.total_seconds())
    answer.set_cookie(COOKIE, token, max_age=life, httponly=True, samesite="lax", secure=site.is_encrypted, path="/")
    return answer


def _refused(site: Site, refusal: Refusal) -> Response:
    locked = refusal.because is Because.LOCKED_OUT
    title, text = texts.refused_title(site.speech), refused(site.speech, refusal).text
    more = plain.link("/vao", texts.try_again(site.speech))
    about = Markup(safe_html(text))  # noqa: S704 - our own sentence, reduced to four tags
    return plain.page(site, title, about, more, TOO_MANY if locked else FORBIDDEN)


async def _let_out(site: Site, request: Request) -> Response:
    if token := request.cookies.get(COOKIE):
        async with site.store.write() as uow:
            await uow.people.close_session(token)
        site.pages.close(token)
    title, about = texts.left(site.speech)
    answer = plain.page(site, title, about, plain.link("/vao", texts.try_again(site.speech)))
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=site.is_encrypted)
    return answer
