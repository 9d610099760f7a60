"""Settings that come from nowhere but the code: a real agency's `.env` and environment do not disturb them."""

from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.cli.calls import language
from bot.settings import Settings
from locales.speech import Speech
from locales.texts import demo as texts


class Undisturbed(Settings):
    """The defaults, and what the code gives."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def demo_settings(folder: Path, port: int) -> Settings:
    """A fresh folder, this machine only, no messenger; the environment's language, as people have to read it."""
    spoken: Any = language(env_file=False)
    agency = texts.agency(Speech(spoken))
    return Undisturbed(data_dir=folder, web_port=port, locale=spoken, agency=agency)


def defaults() -> Settings:
    """What to go on with when the settings are wrong."""
    spoken: Any = language()
    return Undisturbed(locale=spoken)
