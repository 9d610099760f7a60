"""The settings: defaults, every way to give them, and every wrong one named without telling a secret."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.setting_checks import SettingFault
from bot.settings import DESCRIBED, HIDDEN, Problem, Settings, SettingsError
from domain.ladder import Ladder

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine, and an empty working directory."""
    for name in os.environ:
        if name.upper().startswith("NHACVIEC_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def problems_of(monkeypatch: pytest.MonkeyPatch, **given: str) -> list[Problem]:
    for name, value in given.items():
        monkeypatch.setenv(f"NHACVIEC_{name}", value)
    with pytest.raises(SettingsError) as refused:
        Settings()
    return list(refused.value.problems)


def test_nothing_given_is_a_complete_set() -> None:
    settings = Settings()
    assert settings.database_url == "sqlite:///data/nhacviec.db"
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8080)
    assert settings.telegram_token is None
    assert settings.webhook_url is None
    assert settings.secrets() == ()


def test_rules_come_from_the_settings() -> None:
    rules = Settings(
        agency="Sở Nội vụ", timezone="Asia/Bangkok", locale="en", office_hours="08:00 - 12:00", ladder="2,0|1|3"
    ).rules()
    assert (rules.agency, rules.zone.key, rules.locale) == ("Sở Nội vụ", "Asia/Bangkok", "en")
    assert rules.hours.opening.isoformat() == "08:00:00"
    assert rules.ladder == Ladder((2, 0), (1,), 3)


def test_the_default_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).database_url == f"sqlite:///{tmp_path}/nhacviec.db"


def test_environment_comes_before_the_file_and_empty_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("\ufeffNHACVIEC_WEB_PORT=1\nNHACVIEC_LOCALE=en\nNHACVIEC_AGENCY=Sở Y tế\n", "utf-8")
    monkeypatch.setenv("NHACVIEC_WEB_PORT", "2")
    monkeypatch.setenv("NHACVIEC_LOCALE", "")
    settings = Settings()
    assert (settings.web_port, settings.locale, settings.agency) == (2, "en", "Sở Y tế")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite:///a/b.db", "sqlite:///a/b.db"),
        ("sqlite:////var/lib/x.db", "sqlite:////var/lib/x.db"),
        ("sqlite:///b.db", "sqlite:///b.db"),
        ("postgresql://u:p%40s@h:5433/d", "postgresql+asyncpg://u:p%40s@h:5433/d"),
        ("postgres://h/d?sslmode=require", "postgresql+asyncpg://h/d?ssl=require"),
        ("postgresql+asyncpg:///d", "postgresql+asyncpg:///d"),
    ],
)
def test_database_addresses_get_the_driver(given: str, kept: str) -> None:
    assert Settings(database_url=given).database_url == kept


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DATABASE_URL", "mysql://h/d", SettingFault.BAD_DATABASE),
        ("DATABASE_URL", "postgresql+psycopg://h/d", SettingFault.BAD_DATABASE),
        ("DATABASE_URL", "data/nhacviec.db", SettingFault.BAD_DATABASE),
        ("DATABASE_URL", "sqlite:///:memory:", SettingFault.NO_DATABASE_FILE),
        ("DATABASE_URL", "sqlite://data.db", SettingFault.NO_DATABASE_FILE),
        ("DATA_DIR", "~nobody-of-that-name/x", SettingFault.BAD_VALUE),
        ("TIMEZONE", "Asia", SettingFault.BAD_TIMEZONE),
        ("TIMEZONE", "Hanoi", SettingFault.BAD_TIMEZONE),
        ("TIMEZONE", "../etc/passwd", SettingFault.BAD_TIMEZONE),
        ("LOCALE", "fr", SettingFault.BAD_CHOICE),
        ("LOG_FORMAT", "xml", SettingFault.BAD_CHOICE),
        ("OFFICE_HOURS", "11:30-07:30", SettingFault.BAD_HOURS),
        ("OFFICE_HOURS", "07:30+07:00-11:30", SettingFault.BAD_HOURS),
        ("OFFICE_HOURS", "25:00-26:00", SettingFault.BAD_HOURS),
        ("LADDER", "5,3", SettingFault.BAD_LADDER),
        ("ASK_AGAIN", "3,1", SettingFault.BAD_DAYS),
        ("ASK_AGAIN", "soon", SettingFault.BAD_DAYS),
        ("ANSWER_WITHIN", "0", SettingFault.BAD_DAYS),
        ("ESCALATION", "2,4", SettingFault.BAD_DAYS),
        ("ESCALATION", "2,2,7", SettingFault.BAD_DAYS),
        ("DIGEST_AT", "7.45", SettingFault.BAD_HOUR),
        ("LEADER_DIGEST_AT", "25:00", SettingFault.BAD_HOUR),
        ("LADDER", "5000 | 1 | 2", SettingFault.BAD_LADDER),
        ("WEB_HOST", "http://here", SettingFault.BAD_HOST),
        ("WEB_PORT", "65536", SettingFault.BAD_PORT),
        ("WEB_PORT", "http", SettingFault.BAD_PORT),
        ("PUBLIC_URL", "http://nhacviec.example.gov.vn", SettingFault.NOT_HTTPS),
        ("PUBLIC_URL", "nhacviec.example.gov.vn", SettingFault.BAD_URL),
        ("PUBLIC_URL", "https://h:99999", SettingFault.BAD_URL),
        ("PUBLIC_URL", "https://[::1", SettingFault.BAD_URL),
        ("TELEGRAM_API_URL", "ftp://h", SettingFault.BAD_URL),
        ("TELEGRAM_TOKEN", "123456789", SettingFault.BAD_TOKEN),
        ("TELEGRAM_WEBHOOK_SECRET", "short", SettingFault.BAD_WEBHOOK_SECRET),
        ("ZALO_OA_API_URL", "openapi.zalo.me", SettingFault.BAD_URL),
        ("ZALO_OA_TEMPLATES", "254301: noi_dung=name", SettingFault.BAD_TEMPLATES),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, fault: SettingFault) -> None:
    (problem,) = problems_of(monkeypatch, **{name: value})
    assert (problem.name, problem.key) == (f"NHACVIEC_{name}", fault)
    assert problem.given in (value, HIDDEN)
    assert problem.example


def test_everything_wrong_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = problems_of(monkeypatch, WEB_PORT="-1", LOCALE="xx", TELEGRAM_TOKEN="no", NOTHING_LIKE_IT="1")
    assert {problem.name.removeprefix("NHACVIEC_") for problem in found} == {
        "WEB_PORT",
        "LOCALE",
        "TELEGRAM_TOKEN",
        "NOTHING_LIKE_IT",
    }


def test_a_slip_in_a_name_is_a_problem_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("NHACVIEC_WEBPORT=80\n", "utf-8")
    slips = problems_of(monkeypatch, TELEGRAM_TOKN=TOKEN)
    assert sorted((slip.name, slip.example, slip.given) for slip in slips) == [
        ("NHACVIEC_TELEGRAM_TOKN", "NHACVIEC_TELEGRAM_TOKEN", HIDDEN),
        ("NHACVIEC_WEBPORT", "NHACVIEC_WEB_PORT", HIDDEN),
    ]
    assert {slip.key for slip in slips} == {SettingFault.UNKNOWN_NAME}


def test_a_file_that_cannot_be_decoded_is_named() -> None:
    Path(".env").write_bytes(b"NHACVIEC_AGENCY=\xff\xfe\n")
    with pytest.raises(SettingsError) as refused:
        Settings()
    assert [(problem.name, problem.key) for problem in refused.value.problems] == [
        (".env", SettingFault.UNREADABLE_FILE)
    ]


def test_secrets_may_come_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in (("TELEGRAM_TOKEN", TOKEN), ("DATABASE_URL", "postgres://u:pa%20ss@h/d")):
        (tmp_path / name).write_text(value + "\n", "utf-8")
        monkeypatch.setenv(f"NHACVIEC_{name}_FILE", str(tmp_path / name))
    settings = Settings()
    assert settings.database_url == "postgresql+asyncpg://u:pa%20ss@h/d"
    assert settings.secrets() == (TOKEN, "pa%20ss", "pa ss")


def test_a_secret_file_that_is_missing_or_empty_fails_loudly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    found = problems_of(
        monkeypatch, TELEGRAM_TOKEN_FILE="/nowhere/token", TELEGRAM_WEBHOOK_SECRET_FILE=str(tmp_path / "empty")
    )
    assert [(problem.name, problem.key, problem.given) for problem in found] == [
        ("NHACVIEC_TELEGRAM_TOKEN_FILE", SettingFault.UNREADABLE_FILE, "/nowhere/token"),
        ("NHACVIEC_TELEGRAM_WEBHOOK_SECRET", SettingFault.BAD_WEBHOOK_SECRET, HIDDEN),
    ]


def test_a_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = problems_of(monkeypatch, TELEGRAM_TOKEN=TOKEN, TELEGRAM_TOKEN_FILE="/nowhere/token")
    assert problem.key is SettingFault.GIVEN_TWICE


def test_what_is_no_secret_cannot_come_from_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = problems_of(monkeypatch, WEB_PORT_FILE="x")
    assert problem.key is SettingFault.UNKNOWN_NAME


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(
        telegram_token=TOKEN, telegram_webhook_secret="hush-hush-hush", database_url="postgres://u:hushhush@h/d"
    )
    shown = f"{settings!r} {settings} {settings.model_dump()['telegram_token']}"
    assert TOKEN not in shown
    assert "hush" not in shown
    found = problems_of(
        monkeypatch,
        TELEGRAM_TOKEN=TOKEN + "!",
        TELEGRAM_API_URL=f"https://api.telegram.org/bot{TOKEN}",
        PUBLIC_URL="https://me:hushhush@example.vn",
        DATABASE_URL="mysql://u:hushhush@h/d",
    )
    assert len(found) == 4
    assert {problem.given for problem in found} == {HIDDEN}


def test_an_error_does_not_carry_the_values_it_was_made_from(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings(telegram_token="wrong-token-that-stays-here")
    assert refused.value.__context__ is None
    assert "stays-here" not in str(refused.value)


def test_a_webhook_needs_an_address_and_a_secret() -> None:
    assert Settings(public_url="https://x.vn/").webhook_url is None
    both = Settings(public_url="https://x.vn/bot/", telegram_webhook_secret="s3cret-s3cret")
    assert both.webhook_url == "https://x.vn/bot/webhooks/telegram"


def test_an_official_account_is_whole_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Settings().has_zalo_oa
    whole = {"ZALO_OA_APP_ID": "123456789", "ZALO_OA_APP_SECRET": "app-secret-1", "ZALO_OA_SECRET": "oa-secret-1"}
    assert Settings(**{name.lower(): value for name, value in whole.items()}).has_zalo_oa
    for name in whole:
        others = {other: value for other, value in whole.items() if other != name}
        with monkeypatch.context() as patch:
            (problem,) = problems_of(patch, **others)
        assert (problem.name, problem.key) == (f"NHACVIEC_{name}", SettingFault.MISSING)
    with monkeypatch.context() as patch:
        alone = problems_of(patch, ZALO_OA_REFRESH_TOKEN="refresh-token-1")
    assert {problem.name.removeprefix("NHACVIEC_") for problem in alone} == set(whole)


def test_a_link_to_a_file_leads_where_people_outside_can_go() -> None:
    public = Settings(public_url="https://x.vn/bot/")
    assert public.table_url(12) == "https://x.vn/bot/de-xuat/12"
    assert Settings(web_port=0).table_url(12) is None
    assert public.file_url("abc") == "https://x.vn/bot/tep-mot-lan/abc"
    assert Settings().file_url("abc") is None
    assert Settings(public_url="https://x.vn", web_port=0).file_url("abc") is None


@pytest.mark.parametrize("url", ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"])
def test_plain_http_is_for_this_machine(url: str) -> None:
    assert Settings(public_url=url).public_url == url


def test_the_example_file_has_every_setting_once_and_is_itself_right(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    names = re.findall(r"^# (NHACVIEC_[A-Z_]+)=", text, re.MULTILINE)
    assert names == [doc.name for doc in DESCRIBED]
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == []
    Path(".env").write_text(re.sub(r"^# (NHACVIEC_[A-Z_]+=)", r"\1", text, flags=re.MULTILINE), "utf-8")
    written = Settings()
    plain = Settings(_env_file=None)
    changed = {name for name in Settings.model_fields if getattr(written, name) != getattr(plain, name)}
    assert changed == {"agency", "public_url", "milestones", "zalo_oa_templates"}


def test_every_example_is_right() -> None:
    Settings(**{doc.name.removeprefix("NHACVIEC_").lower(): doc.example for doc in DESCRIBED})


def test_reading_the_settings_loads_nothing_of_the_house_but_rules() -> None:
    code = (
        "import bot.settings, sys; print(*sorted(m for m in sys.modules if m in ('sqlalchemy', 'telegram', 'nicegui')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
