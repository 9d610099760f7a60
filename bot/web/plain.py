"""Small pages without any script: the way in, the way out, and what went wrong."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from bot.web.site import Site
from locales.texts import web as texts

STATIC = Path(__file__).with_name("static")

_SHELL = Markup("""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} &middot; {agency}</title>
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="stylesheet" href="{style}">
</head>
<body class="nv-plain">
<main class="nv-card">
<img class="nv-crest" src="{icon}" alt="" width="56" height="56">
<p class="nv-agency">{agency}</p>
<p class="nv-product">{product}</p>
<h1>{title}</h1>
<p class="nv-about">{about}</p>
{more}
</main>
</body>
</html>
""")


@cache
def static(name: str) -> str:
    """The address of one of our own static files; it changes with the content, so that it may be kept for ever."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={mark}"


def page(site: Site, title: str, about: str, more: Markup | None = None, status: int = 200) -> HTMLResponse:
    """A page in the agency's dress."""
    content = _SHELL.format(
        lang=site.speech.locale,
        title=title,
        about=about,
        agency=texts.agency_name(site.speech, site.rules.agency),
        product=texts.product(site.speech),
        icon=static("icon.svg"),
        style=static("style.css"),
        more=Markup("") if more is None else more,
    )
    return HTMLResponse(content, status, headers={"Cache-Control": "no-store"})


def note(text: str) -> Markup:
    """A remark below."""
    return Markup('<p class="nv-note">{}</p>').format(text)


def link(target: str, label: str) -> Markup:
    return Markup('<p><a class="nv-link" href="{}">{}</a></p>').format(target, label)


def form(target: str, label: str, field: Markup | None = None) -> Markup:
    """A form with one button."""
    return Markup('<form method="post" action="{}">{}<button class="nv-big" type="submit">{}</button></form>').format(
        escape(target), Markup("") if field is None else field, label
    )


def code_field(label: str) -> Markup:
    return Markup(
        '<label class="nv-field"><span>{}</span><input name="code" required autofocus autocomplete="off" '
        'autocapitalize="characters" spellcheck="false" maxlength="40"></label>'
    ).format(label)
