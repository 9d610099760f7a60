"""Sends templates that Zalo has approved to somebody whose window is shut: they say only that a letter waits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import structlog

from bot.channels import markup
from domain.channel import DeliveryError, Rejected, SentRef, Unreachable
from domain.messages import Outgoing
from domain.templates import Template

PATH = "/v3.0/oa/message/template"

log = structlog.get_logger()

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be filled in, apart from the letter."""

    today: Callable[[], date]
    agency: str = ""
    link: str = ""

    def of(self, outgoing: Outgoing) -> dict[str, str]:
        text = " ".join(markup.to_plain(outgoing.text, targets=False).split())
        return {"text": text, "agency": self.agency, "day": f"{self.today():%d/%m/%Y}", "link": self.link}


class Posts(Protocol):
    async def post(self, path: str, body: Json) -> Json: ...


class Templates:
    """The templates of an account; false where there are none."""

    def __init__(self, templates: Sequence[Template], facts: Facts, calls: Posts) -> None:
        self._templates = tuple(templates)
        self._facts = facts
        self._calls = calls

    def __bool__(self) -> bool:
        return bool(self._templates)

    async def send(self, address: str, outgoing: Outgoing, shut: Unreachable) -> SentRef:
        """Say by template that a letter waits. Raises `shut` where Zalo takes none of them, else DeliveryError."""
        facts = self._facts.of(outgoing)
        for template in self._templates:
            data = {one.name: facts[one.fact][: one.most] for one in template.parameters}
            body = {"user_id": address, "template_id": template.number, "template_data": data}
            try:
                given = await self._calls.post(PATH, body)
            except (Rejected, Unreachable) as refusal:
                log.warning("zalo_oa_template_refused", template=template.number, reason=_code(refusal))
            else:
                return SentRef(str(given.get("message_id") or given.get("msg_id") or ""))
        raise shut


def _code(refusal: DeliveryError) -> str:
    return str(refusal).partition(":")[0]
