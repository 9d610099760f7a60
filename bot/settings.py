"""The settings: read from the environment, `.env` and secret files, checked all at once, described for the manual."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self, cast
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidatorFunctionWrapHandler, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot import setting_checks as checks
from bot.setting_checks import SettingFault
from domain.decisions import CountsFrom, Milestone
from domain.ladder import Ladder
from domain.rules import Rules
from domain.series import RestDay
from domain.workdays import OfficeHours

PREFIX = "NHACVIEC_"
ENV_FILE = ".env"
HIDDEN = "***"
FILE_LINK_PATH = "/tep-mot-lan"
TELEGRAM_WEBHOOK_PATH = "/webhooks/telegram"

_FILE = "_file"
_PROBLEMS = "_problems"


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong setting; `given` is HIDDEN for what may be secret, `example` the nearest name for an unknown one."""

    name: str
    key: SettingFault
    given: str
    example: str


class SettingsError(Exception):
    """Every setting that is wrong, so that all can be put right at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.name}: {problem.key}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SettingDoc:
    """A setting as the manual shows it; a secret one may also come from `<name>_FILE`."""

    name: str
    default: str
    secret: bool
    example: str


def _setting(example: str, fault: SettingFault = SettingFault.BAD_VALUE, *, secret: bool = False, **more: Any) -> Any:
    known = {"example": example, "fault": fault.value, "secret": secret}
    return Field(json_schema_extra=cast(Any, known), repr=not secret, **more)


def _default_database(checked: Mapping[str, Any]) -> str:
    return f"sqlite:///{checked.get('data_dir', 'data')}/nhacviec.db"


class Settings(BaseSettings):
    """Every setting, checked. Making one raises SettingsError."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",  # Notepad puts a mark before the first line
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Annotated[Path, AfterValidator(checks.folder)] = _setting("/var/lib/nhacviec", default=Path("data"))
    # secret: it may hold a password
    database_url: Annotated[str, AfterValidator(checks.database_url)] = _setting(
        "postgresql://nhacviec:PASSWORD@localhost/nhacviec",
        SettingFault.BAD_DATABASE,
        secret=True,
        default_factory=_default_database,
    )
    agency: str = _setting("So Noi vu", default="")
    timezone: Annotated[str, AfterValidator(checks.time_zone)] = _setting(
        "Asia/Ho_Chi_Minh", SettingFault.BAD_TIMEZONE, default="Asia/Ho_Chi_Minh"
    )
    locale: Literal["vi", "en"] = _setting("vi", SettingFault.BAD_CHOICE, default="vi")
    office_hours: Annotated[str, AfterValidator(checks.office_hours)] = _setting(
        "07:30-11:30,13:30-17:00", SettingFault.BAD_HOURS, default="07:30-11:30,13:30-17:00"
    )
    ladder: Annotated[str, AfterValidator(checks.ladder)] = _setting(
        "5,3,1,0 | 1,2 | 2", SettingFault.BAD_LADDER, default="5,3,1,0 | 1,2 | 2"
    )
    ask_again: Annotated[str, AfterValidator(checks.rising_days)] = _setting(
        "1,3", SettingFault.BAD_DAYS, default="1,3"
    )
    answer_within: int = _setting("2", SettingFault.BAD_DAYS, default=2, ge=1, le=250)
    escalation: Annotated[str, AfterValidator(checks.three_rising_days)] = _setting(
        "2,4,7", SettingFault.BAD_DAYS, default="2,4,7"
    )
    digest_at: Annotated[str, AfterValidator(checks.hour)] = _setting("07:45", SettingFault.BAD_HOUR, default="07:45")
    leader_digest_at: Annotated[str, AfterValidator(checks.hour)] = _setting(
        "07:30", SettingFault.BAD_HOUR, default="07:30"
    )
    decision_counts_from: Literal["signed", "received"] = _setting("signed", SettingFault.BAD_CHOICE, default="signed")
    milestones: Annotated[str, AfterValidator(checks.milestones)] | None = _setting(
        "draft 50, checked 70, signed 85, sent 100", SettingFault.BAD_MILESTONES, default=None
    )
    rest_day: Literal["before", "after"] = _setting("before", SettingFault.BAD_CHOICE, default="before")
    web_host: Annotated[str, AfterValidator(checks.matching(checks.HOST))] = _setting(
        "0.0.0.0",  # noqa: S104 -- an example, not the default
        SettingFault.BAD_HOST,
        default="127.0.0.1",
    )
    web_port: int = _setting("8080", SettingFault.BAD_PORT, default=8080, ge=0, le=65535)
    public_url: Annotated[str, AfterValidator(checks.public_url)] | None = _setting(
        "https://nhacviec.example.gov.vn", SettingFault.BAD_URL, default=None
    )
    telegram_token: Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.TOKEN))] | None = _setting(
        "123456789:TOKEN-FROM-BOTFATHER", SettingFault.BAD_TOKEN, secret=True, default=None
    )
    telegram_api_url: Annotated[str, AfterValidator(checks.url)] = _setting(
        "https://api.telegram.org", SettingFault.BAD_URL, default="https://api.telegram.org"
    )
    telegram_webhook_secret: (
        Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.WEBHOOK_SECRET))] | None
    ) = _setting("8-TO-256-LETTERS-AND-DIGITS", SettingFault.BAD_WEBHOOK_SECRET, secret=True, default=None)
    log_format: Literal["text", "json"] = _setting("text", SettingFault.BAD_CHOICE, default="text")

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except (OSError, UnicodeDecodeError):
            raise SettingsError((Problem(ENV_FILE, SettingFault.UNREADABLE_FILE, ENV_FILE, "UTF-8"),)) from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        surroundings: dict[str, str | None] = {}
        for source in (dotenv_settings, env_settings):
            if isinstance(source, EnvSettingsSource):
                surroundings.update(source.env_vars)
        beside = InitSettingsSource(settings_cls, init_kwargs=_beside_the_fields(surroundings))
        return init_settings, beside, env_settings, dotenv_settings

    @model_validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, data: dict[str, Any], validate: ValidatorFunctionWrapHandler) -> Self:
        problems: list[Problem] = data.pop(_PROBLEMS, [])
        settings: Self | None = None
        try:
            settings = validate(data)
        except ValidationError as error:
            # a default that waits for a wrong setting is not wrong itself
            wrong = [detail for detail in error.errors() if detail["type"] != "default_factory_not_called"]
            problems = problems + [_problem(detail) for detail in wrong]
        if problems or settings is None:
            raise SettingsError(tuple(problems))
        return settings

    def rules(self) -> Rules:
        """What the rules need of this; an agency without a name is named by the texts."""
        return Rules(
            agency=self.agency,
            zone=ZoneInfo(self.timezone),
            locale=self.locale,
            hours=OfficeHours.parse(self.office_hours),
            ladder=Ladder.parse(self.ladder),
            ask_again=checks.days(self.ask_again),
            answer_within=self.answer_within,
            escalation=checks.three_days(self.escalation),
            digest_at=time.fromisoformat(self.digest_at),
            leader_digest_at=time.fromisoformat(self.leader_digest_at),
            decision_counts_from=CountsFrom(self.decision_counts_from),
            rest_day=RestDay(self.rest_day),
            milestones=Milestone.parse(self.milestones) if self.milestones else (),
        )

    @property
    def webhook_url(self) -> str | None:
        """Where Telegram is asked to post updates; None: they are fetched."""
        if self.public_url is None or self.telegram_webhook_secret is None:
            return None
        return self.public_url + TELEGRAM_WEBHOOK_PATH

    def file_url(self, secret: str) -> str | None:
        """Where the one-time link to a file leads; None where nobody outside could follow it."""
        return f"{self.public_url}{FILE_LINK_PATH}/{secret}" if self.public_url and self.web_port else None

    @property
    def web_url(self) -> str | None:
        """Where browsers find the web; None where it is off."""
        if self.web_port == 0:
            return None
        # no browser can go to "everywhere"
        host = socket.gethostname() if self.web_host in checks.EVERYWHERE else self.web_host
        return self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.web_port}"

    def secrets(self) -> tuple[str, ...]:
        """Every string that no log may show."""
        kept = [secret.get_secret_value() for secret in (self.telegram_token, self.telegram_webhook_secret) if secret]
        password = urlsplit(self.database_url).password or ""
        return tuple(secret for secret in (*kept, password, unquote(password)) if secret)


def _known(field: str) -> dict[str, Any]:
    return cast(dict[str, Any], Settings.model_fields[field].json_schema_extra)


def _full_name(field: str) -> str:
    return PREFIX + field.upper()


def _problem(detail: ErrorDetails) -> Problem:
    field = str(detail["loc"][0])
    known, given, reason = _known(field), str(detail["input"]), detail.get("ctx", {}).get("error")
    fault = reason.fault if isinstance(reason, checks.Wrong) else SettingFault(known["fault"])
    # what was meant for another setting, or an address with a password, is as secret in the wrong place
    hide = known["secret"] or "@" in given or checks.TOKEN.search(given)
    return Problem(_full_name(field), fault, HIDDEN if hide else given, known["example"])


def _beside_the_fields(surroundings: Mapping[str, str | None]) -> dict[str, Any]:
    """What the fields do not see by themselves: secrets in files, and names that no setting has."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    secrets = {field + _FILE: field for field in Settings.model_fields if _known(field)["secret"]}
    for name, value in surroundings.items():
        short = name.lower().removeprefix(PREFIX.lower())
        if short == name.lower() or short in Settings.model_fields:
            continue
        if (field := secrets.get(short)) is None:
            problems.append(_unknown(short, (*Settings.model_fields, *secrets)))
        elif PREFIX.lower() + field in surroundings:
            problems.append(Problem(_full_name(field), SettingFault.GIVEN_TWICE, HIDDEN, _full_name(short)))
        else:
            try:
                values[field] = Path(value or "").read_text("utf-8").strip()
            except (OSError, ValueError):
                problem = Problem(_full_name(short), SettingFault.UNREADABLE_FILE, value or "", f"/run/secrets/{field}")
                problems.append(problem)
    return {**values, _PROBLEMS: problems}


def _unknown(short: str, names: tuple[str, ...]) -> Problem:
    nearest = get_close_matches(short, names, 1, cutoff=0.0)
    # the value of an unknown name is not shown: it may be a secret with a slip in its name
    return Problem(_full_name(short), SettingFault.UNKNOWN_NAME, HIDDEN, _full_name(nearest[0]))


def _doc(field: str) -> SettingDoc:
    info, known = Settings.model_fields[field], _known(field)
    default = _default_database({}) if field == "database_url" else info.default
    return SettingDoc(_full_name(field), "" if default is None else str(default), known["secret"], known["example"])


DESCRIBED: tuple[SettingDoc, ...] = tuple(_doc(field) for field in Settings.model_fields)
"""The settings in the order of `.env.example`."""
