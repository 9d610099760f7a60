"""The settings: read from the environment, `.env` and secret files, checked all at once, described for the manual."""

import socket
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, SecretStr, ValidationError, ValidatorFunctionWrapHandler, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot import setting_checks as checks
from bot.setting_checks import SettingFault
from bot.setting_forms import (
    HIDDEN,
    PREFIX,
    PROBLEMS,
    Problem,
    SettingDoc,
    SettingsError,
    beside_the_fields,
    described,
    missing_one,
    problem_of,
    setting,
)
from domain.decisions import CountsFrom, Milestone
from domain.ladder import Ladder
from domain.rules import Rules
from domain.series import RestDay
from domain.workdays import OfficeHours

__all__ = ["DESCRIBED", "ENV_FILE", "HIDDEN", "PREFIX", "Problem", "SettingDoc", "Settings", "SettingsError"]

ENV_FILE = ".env"
FILE_LINK_PATH = "/tep-mot-lan"
UPLOAD_PATH = "/gui-tep"
TABLE_PATH = "/de-xuat"
TELEGRAM_WEBHOOK_PATH = "/webhooks/telegram"
ZALO_BOT_WEBHOOK_PATH = "/webhooks/zalo-bot"
ZALO_OA_WEBHOOK_PATH = "/webhooks/zalo-oa"


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

    data_dir: Annotated[Path, AfterValidator(checks.folder)] = setting("/var/lib/nhacviec", default=Path("data"))
    # secret: it may hold a password
    database_url: Annotated[str, AfterValidator(checks.database_url)] = setting(
        "postgresql://nhacviec:PASSWORD@localhost/nhacviec",
        SettingFault.BAD_DATABASE,
        secret=True,
        default_factory=_default_database,
    )
    agency: str = setting("So Noi vu", default="")
    timezone: Annotated[str, AfterValidator(checks.time_zone)] = setting(
        "Asia/Ho_Chi_Minh", SettingFault.BAD_TIMEZONE, default="Asia/Ho_Chi_Minh"
    )
    locale: Literal["vi", "en"] = setting("vi", SettingFault.BAD_CHOICE, default="vi")
    office_hours: Annotated[str, AfterValidator(checks.office_hours)] = setting(
        "07:30-11:30,13:30-17:00", SettingFault.BAD_HOURS, default="07:30-11:30,13:30-17:00"
    )
    ladder: Annotated[str, AfterValidator(checks.ladder)] = setting(
        "5,3,1,0 | 1,2 | 2", SettingFault.BAD_LADDER, default="5,3,1,0 | 1,2 | 2"
    )
    ask_again: Annotated[str, AfterValidator(checks.rising_days)] = setting("1,3", SettingFault.BAD_DAYS, default="1,3")
    answer_within: int = setting("2", SettingFault.BAD_DAYS, default=2, ge=1, le=250)
    escalation: Annotated[str, AfterValidator(checks.three_rising_days)] = setting(
        "2,4,7", SettingFault.BAD_DAYS, default="2,4,7"
    )
    digest_at: Annotated[str, AfterValidator(checks.hour)] = setting("07:45", SettingFault.BAD_HOUR, default="07:45")
    leader_digest_at: Annotated[str, AfterValidator(checks.hour)] = setting(
        "07:30", SettingFault.BAD_HOUR, default="07:30"
    )
    decision_counts_from: Literal["signed", "received"] = setting("signed", SettingFault.BAD_CHOICE, default="signed")
    milestones: Annotated[str, AfterValidator(checks.milestones)] | None = setting(
        "draft 50, checked 70, signed 85, sent 100", SettingFault.BAD_MILESTONES, default=None
    )
    rest_day: Literal["before", "after"] = setting("before", SettingFault.BAD_CHOICE, default="before")
    web_host: Annotated[str, AfterValidator(checks.matching(checks.HOST))] = setting(
        "0.0.0.0",  # noqa: S104 -- an example, not the default
        SettingFault.BAD_HOST,
        default="127.0.0.1",
    )
    web_port: int = setting("8080", SettingFault.BAD_PORT, default=8080, ge=0, le=65535)
    public_url: Annotated[str, AfterValidator(checks.public_url)] | None = setting(
        "https://nhacviec.example.gov.vn", SettingFault.BAD_URL, default=None
    )
    telegram_token: Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.TOKEN))] | None = setting(
        "123456789:TOKEN-FROM-BOTFATHER", SettingFault.BAD_TOKEN, secret=True, default=None
    )
    telegram_api_url: Annotated[str, AfterValidator(checks.url)] = setting(
        "https://api.telegram.org", SettingFault.BAD_URL, default="https://api.telegram.org"
    )
    telegram_webhook_secret: (
        Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.WEBHOOK_SECRET))] | None
    ) = setting("8-TO-256-LETTERS-AND-DIGITS", SettingFault.BAD_WEBHOOK_SECRET, secret=True, default=None)
    zalo_bot_token: Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.ZALO_TOKEN))] | None = setting(
        "12345689:TOKEN-FROM-ZALO-BOT-MANAGER", SettingFault.BAD_ZALO_TOKEN, secret=True, default=None
    )
    zalo_bot_api_url: Annotated[str, AfterValidator(checks.url)] = setting(
        "https://bot-api.zaloplatforms.com", SettingFault.BAD_URL, default="https://bot-api.zaloplatforms.com"
    )
    zalo_bot_webhook_secret: (
        Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.WEBHOOK_SECRET))] | None
    ) = setting("8-TO-256-LETTERS-AND-DIGITS", SettingFault.BAD_WEBHOOK_SECRET, secret=True, default=None)
    zalo_bot_messages: int = setting("3000", default=3000, ge=0)
    zalo_bot_people: int = setting("50", default=50, ge=0)
    zalo_oa_app_id: Annotated[str, AfterValidator(checks.matching(checks.ZALO_APP_ID))] | None = setting(
        "1234567890123456789", SettingFault.BAD_APP_ID, default=None
    )
    zalo_oa_app_secret: Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.ZALO_SECRET))] | None = (
        setting("SECRET-KEY-OF-THE-APPLICATION", SettingFault.BAD_ZALO_SECRET, secret=True, default=None)
    )
    zalo_oa_secret: Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.ZALO_SECRET))] | None = setting(
        "OA-SECRET-KEY-OF-THE-WEBHOOK-PAGE", SettingFault.BAD_ZALO_SECRET, secret=True, default=None
    )
    zalo_oa_refresh_token: Annotated[SecretStr, AfterValidator(checks.secret_matching(checks.ZALO_OA_TOKEN))] | None = (
        setting("REFRESH-TOKEN-THAT-WAS-NEVER-USED", SettingFault.BAD_ZALO_SECRET, secret=True, default=None)
    )
    zalo_oa_api_url: Annotated[str, AfterValidator(checks.url)] = setting(
        "https://openapi.zalo.me", SettingFault.BAD_URL, default="https://openapi.zalo.me"
    )
    zalo_oa_oauth_url: Annotated[str, AfterValidator(checks.url)] = setting(
        "https://oauth.zaloapp.com", SettingFault.BAD_URL, default="https://oauth.zaloapp.com"
    )
    zalo_oa_templates: Annotated[str, AfterValidator(checks.zalo_templates)] | None = setting(
        "254301: content=text 60, agency=agency", SettingFault.BAD_TEMPLATES, default=None
    )
    log_format: Literal["text", "json"] = setting("text", SettingFault.BAD_CHOICE, default="text")

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
        beside = InitSettingsSource(
            settings_cls, init_kwargs=beside_the_fields(settings_cls.model_fields, surroundings)
        )
        return init_settings, beside, env_settings, dotenv_settings

    @model_validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, data: dict[str, Any], validate: ValidatorFunctionWrapHandler) -> Self:
        problems: list[Problem] = data.pop(PROBLEMS, [])
        settings: Self | None = None
        try:
            settings = validate(data)
        except ValidationError as error:
            # a default that waits for a wrong setting is not wrong itself
            wrong = [detail for detail in error.errors() if detail["type"] != "default_factory_not_called"]
            problems = problems + [problem_of(cls.model_fields, detail) for detail in wrong]
        if settings is not None:
            problems = problems + settings.left_out()
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

    @property
    def zalo_bot_webhook_url(self) -> str | None:
        """Where the Zalo bot's updates are to be posted; None: they are fetched."""
        if self.public_url is None or self.zalo_bot_webhook_secret is None:
            return None
        return self.public_url + ZALO_BOT_WEBHOOK_PATH

    @property
    def has_zalo_oa(self) -> bool:
        """Whether an Official Account is used; then all that it needs is given."""
        return self.zalo_oa_app_id is not None

    def left_out(self) -> list[Problem]:
        """Settings without which others that are given make no sense."""
        needed = ("zalo_oa_app_id", "zalo_oa_app_secret", "zalo_oa_secret")
        missing = [field for field in needed if getattr(self, field) is None]
        any_given = len(missing) < len(needed) or self.zalo_oa_refresh_token is not None
        return [missing_one(type(self).model_fields, field) for field in missing] if any_given else []

    def upload_url(self, secret: str) -> str | None:
        """Where a file is handed in with a one-time secret; None where nobody outside could."""
        return f"{self.public_url}{UPLOAD_PATH}/{secret}" if self.public_url and self.web_port else None

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

    def table_url(self, document_id: int) -> str | None:
        """Where the proposals of a document stand as a table; None where there are no pages."""
        return f"{self.web_url}{TABLE_PATH}/{document_id}" if self.web_url else None

    def secrets(self) -> tuple[str, ...]:
        """Every string that no log may show."""
        given = [getattr(self, field) for field in type(self).model_fields]
        kept = [one.get_secret_value() for one in given if isinstance(one, SecretStr)]
        password = urlsplit(self.database_url).password or ""
        return tuple(secret for secret in (*kept, password, unquote(password)) if secret)


DESCRIBED: tuple[SettingDoc, ...] = tuple(
    described(Settings.model_fields, field, _default_database({}) if field == "database_url" else None)
    for field in Settings.model_fields
)
"""The settings in the order of `.env.example`."""
