"""Zalo's two hosts over HTTP, on one port: permission with its pairs of tokens, and the Official Account's calls."""

import asyncio
import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.simulators.telegram_door import HangUp
from tests.simulators.zalo_oa_rules import Refused, check_upload, message_of, recipient_of, wrong

if TYPE_CHECKING:
    from tests.simulators.zalo_oa import Fault, ZaloOaSimulator

Json = dict[str, Any]
FREE, OPEN = 48 * 3600, 7 * 24 * 3600


class Front:
    def __init__(self, sim: "ZaloOaSimulator") -> None:
        self._sim = sim

    def routes(self) -> list[Route]:
        paths = {
            "/v3.0/oa/message/cs": self.send,
            "/v3.0/oa/message/template": self.template,
            "/v2.0/oa/upload/{kind}": self.upload,
            "/v2.0/oa/message": self.shut,
            "/v2.0/oa/getoa": self.account,
        }
        calls = [Route(path, self._guarded(method), methods=["GET", "POST"]) for path, method in paths.items()]
        token = Route("/v4/oa/access_token", self.token, methods=["POST"])
        return [token, *calls, Route("/files/{name}", self.file)]

    # -- tokens ------------------------------------------------------------------------------------------------------

    async def token(self, request: Request) -> Response:
        sim = self._sim
        form = dict(await request.form())
        call = sim.note("/v4/oa/access_token", {"grant_type": form.get("grant_type")})
        fault = sim.claim("/v4/oa/access_token")
        if (lost := await _begun(fault)) is not None:
            return lost
        try:
            if fault and fault.error:
                raise Refused(fault.error, "fault")
            answer = self._pair(request, form)
        except Refused as refusal:
            answer = {"error": refusal.code, "error_name": str(refusal), "error_description": "see the documents"}
        call["error"] = answer.get("error", 0)
        sim.announce()
        return await _answered(fault, answer)

    def _pair(self, request: Request, form: Json) -> Json:
        sim = self._sim
        kind = request.headers.get("content-type", "").partition(";")[0]
        if kind != "application/x-www-form-urlencoded" or form.get("app_id") != sim.app_id:
            raise Refused(-14002, "Invalid app id")
        if request.headers.get("secret_key") != sim.app_secret:
            raise Refused(-14004, "Invalid secret key")
        match form:
            case {"grant_type": "refresh_token", "refresh_token": str() as refresh}:
                return sim.tokens.refreshed(refresh)
            case {"grant_type": "authorization_code", "code": str() as code, "code_verifier": str() as verifier}:
                digest = hashlib.sha256(verifier.encode()).digest()
                if sim.codes.pop(code, None) != urlsafe_b64encode(digest).decode().rstrip("="):
                    raise Refused(-14003, "Invalid code")
                return sim.tokens.new_pair()
        raise Refused(-14001, "Invalid grant")

    # -- calls -------------------------------------------------------------------------------------------------------

    def _guarded(self, method: Any) -> Any:
        async def guarded(request: Request) -> Response:
            sim, path = self._sim, request.url.path
            body = await self._body(request)
            call = sim.note(path, body)
            user = (body.get("recipient") or {}).get("user_id", body.get("user_id")) if isinstance(body, dict) else None
            fault = sim.claim(path, user)
            if (lost := await _begun(fault)) is not None:
                return lost
            try:
                if fault and fault.error:
                    raise Refused(fault.error, fault.message or "fault")
                self._check_token(request)
                data = await method(request, body)
                answer = {"data": data, "error": 0, "message": "Success"}
            except Refused as refusal:
                answer = {"error": refusal.code, "message": str(refusal)}
            call["error"] = answer["error"]
            sim.announce()
            return await _answered(fault, answer)

        return guarded

    @staticmethod
    async def _body(request: Request) -> Any:
        kind = request.headers.get("content-type", "")
        if not kind.startswith("application/json"):
            return {}
        try:
            # numbers that are too long for a float would lose digits on the way: Zalo's ids are strings
            return json.loads(await request.body())
        except ValueError:
            return {}

    def _check_token(self, request: Request) -> None:
        sim = self._sim
        token = request.headers.get("access_token", "")
        if not sim.tokens.is_good(token):
            raise Refused(-216, f"Access token is invalid: {token}")
        proof = hmac.new(sim.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        if sim.wants_proof and request.headers.get("appsecret_proof") != proof:
            raise Refused(-242, "appsecret_proof is missing or wrong")

    async def send(self, _request: Request, body: Json) -> Json:
        sim, user = self._sim, recipient_of(body)
        seen = message_of(body, sim.good_uploads())
        follower = sim.followers.get(user)
        if follower is None or not follower.follows:
            raise Refused(-213, "User has not followed OA")
        age = sim.now() - follower.interacted_at
        if age > OPEN:
            raise Refused(-230, "User has not interacted with the OA in the past 7 days")
        return sim.note_sent(user, {**seen, "billed": age > FREE, "template": None})

    async def template(self, _request: Request, body: Json) -> Json:
        sim = self._sim
        match body:
            case {"user_id": str() as user, "template_id": str() as number, "template_data": dict() as data}:
                if number not in sim.templates:
                    raise Refused(-131, "Template is not approved")
                if set(data) != sim.templates[number] or not all(isinstance(one, str) for one in data.values()):
                    raise Refused(-1122, "Template data is invalid")
                empty: Json = {"text": "", "buttons": [], "image": None, "file": None, "billed": True}
                return sim.note_sent(user, {**empty, "template": number, "data": data})
        raise wrong("template")

    async def upload(self, request: Request, _body: Json) -> Json:
        kind = request.path_params["kind"]
        async with request.form() as form:
            file = form.get("file")
            if kind not in ("image", "file") or not isinstance(file, UploadFile):
                raise wrong("file")
            content = await file.read()
            check_upload(kind, file.filename or "", len(content))
        name = self._sim.keep_upload(kind, content)
        return {"attachment_id": name} if kind == "image" else {"token": name}

    async def shut(self, _request: Request, _body: Json) -> Json:
        raise Refused(-240, "This API is shut down, please use v3")

    async def account(self, _request: Request, _body: Json) -> Json:
        return {"oa_id": self._sim.oa_id, "name": self._sim.oa_name, "is_verified": True}

    async def file(self, request: Request) -> Response:
        content = self._sim.files.get(request.path_params["name"])
        return Response(content) if content is not None else Response(status_code=404)


async def _begun(fault: "Fault | None") -> Response | None:
    """What a fault answers before a call has its effect; None where the call goes on."""
    await asyncio.sleep(fault.before if fault else 0)
    if fault and fault.drop == "before":
        return HangUp()
    return Response("Bad Gateway", fault.status) if fault and fault.status else None


async def _answered(fault: "Fault | None", answer: Json) -> Response:
    """The answer, unless a fault holds it up or loses it."""
    await asyncio.sleep(fault.delay if fault else 0)
    return HangUp() if fault and fault.drop == "after" else JSONResponse(answer)
