"""The controls over HTTP, for a simulator in another process: POST /_control/<operation> with its arguments."""

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.simulators.telegram_control import Controls
from tests.simulators.telegram_http import Front
from tests.simulators.telegram_world import Person

PEOPLE = {"person", "group", "block", "unblock", "deactivate", "kick", "migrate"}
ACTS = {"say", "say_many", "send_document", "send_photo", "send_sticker", "send_voice", "press", "raw_update"}
CONTROL = {"fault", "clear_faults", "flood", "sent", "calls", "clear", "pending_updates"}
OPERATIONS = PEOPLE | ACTS | CONTROL
FACTS = {"floods", "confirmed_offset"}


class Remote:
    def __init__(self, controls: Controls, front: Front, refuse_for: Callable[[float], None]) -> None:
        self.controls = controls
        self.front = front
        self.refuse_for = refuse_for

    def routes(self) -> list[Route]:
        return [Route("/_control/{operation}", self.operate, methods=["GET", "POST"])]

    async def operate(self, request: Request) -> Response:
        body = await request.body()
        arguments = json.loads(body) if body else {}
        try:
            result = await self._run(request.path_params["operation"], arguments)
        except (LookupError, ValueError, TypeError) as problem:
            return answer(400, {"error": f"{type(problem).__name__}: {problem}"})
        except TimeoutError as problem:
            return answer(408, {"error": str(problem)})
        return answer(200, {"result": result})

    async def _run(self, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "batch":
            return [self._do(step["operation"], step.get("arguments", {})) for step in arguments["steps"]]
        if operation == "wait_sent":
            return await self.controls.wait_sent(**arguments)
        if operation == "down":
            return self._down(**arguments)
        if operation == "up":
            self.front.hanging_up = False
            return True
        return self._do(operation, arguments)

    def _do(self, operation: str, arguments: dict[str, Any]) -> Any:
        if operation in FACTS:
            return getattr(self.controls, operation)
        if operation not in OPERATIONS:
            raise LookupError(f"no operation {operation}")
        if isinstance(arguments.get("content"), str):
            arguments = {**arguments, "content": base64.b64decode(arguments["content"])}
        result = getattr(self.controls, operation)(**arguments)
        return vars(result) if isinstance(result, Person) else result

    def _down(self, seconds: float = 0) -> bool:
        """Hangs up on the bot until `up`; with `seconds`, the port refuses everybody and opens again by itself."""
        if seconds:
            asyncio.get_running_loop().call_soon(self.refuse_for, seconds)
        else:
            self.front.hanging_up = True
        return True


def answer(status: int, body: dict[str, Any]) -> Response:
    content = json.dumps(body, ensure_ascii=False, default=_base64)
    return Response(content.encode("utf-8", "surrogatepass"), status, media_type="application/json")


def _base64(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} is no JSON")
