"""What a setting is beside its value: its example and fault, whether it is secret, and what is wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot import setting_checks as checks
from bot.setting_checks import SettingFault

PREFIX = "NHACVIEC_"
HIDDEN = "***"
PROBLEMS = "_problems"
"""Under this name what the fields do not see by themselves is handed to the check of all."""

_FILE = "_file"

Fields = Mapping[str, FieldInfo]


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


def setting(example: str, fault: SettingFault = SettingFault.BAD_VALUE, *, secret: bool = False, **more: Any) -> Any:
    known = {"example": example, "fault": fault.value, "secret": secret}
    return Field(json_schema_extra=cast(Any, known), repr=not secret, **more)


def _known(fields: Fields, field: str) -> dict[str, Any]:
    return cast(dict[str, Any], fields[field].json_schema_extra)


def _full_name(field: str) -> str:
    return PREFIX + field.upper()


def problem_of(fields: Fields, detail: ErrorDetails) -> Problem:
    """A value that was refused."""
    field = str(detail["loc"][0])
    known, given, reason = _known(fields, field), str(detail["input"]), detail.get("ctx", {}).get("error")
    fault = reason.fault if isinstance(reason, checks.Wrong) else SettingFault(known["fault"])
    # what was meant for another setting, or an address with a password, is as secret in the wrong place
    hide = known["secret"] or "@" in given or checks.TOKEN.search(given)
    return Problem(_full_name(field), fault, HIDDEN if hide else given, known["example"])


def missing_one(fields: Fields, field: str) -> Problem:
    """A setting that others need."""
    return Problem(_full_name(field), SettingFault.MISSING, "", _known(fields, field)["example"])


def beside_the_fields(fields: Fields, surroundings: Mapping[str, str | None]) -> dict[str, Any]:
    """What the fields do not see by themselves: secrets in files, and names that no setting has."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    secrets = {field + _FILE: field for field in fields if _known(fields, field)["secret"]}
    for name, value in surroundings.items():
        short = name.lower().removeprefix(PREFIX.lower())
        if short == name.lower() or short in fields:
            continue
        if (field := secrets.get(short)) is None:
            problems.append(_unknown(short, (*fields, *secrets)))
        elif PREFIX.lower() + field in surroundings:
            problems.append(Problem(_full_name(field), SettingFault.GIVEN_TWICE, HIDDEN, _full_name(short)))
        else:
            try:
                values[field] = Path(value or "").read_text("utf-8").strip()
            except (OSError, ValueError):
                problem = Problem(_full_name(short), SettingFault.UNREADABLE_FILE, value or "", f"/run/secrets/{field}")
                problems.append(problem)
    return {**values, PROBLEMS: problems}


def _unknown(short: str, names: tuple[str, ...]) -> Problem:
    nearest = get_close_matches(short, names, 1, cutoff=0.0)
    # the value of an unknown name is not shown: it may be a secret with a slip in its name
    return Problem(_full_name(short), SettingFault.UNKNOWN_NAME, HIDDEN, _full_name(nearest[0]))


def described(fields: Fields, field: str, default: str | None = None) -> SettingDoc:
    """A setting for the manual; `default` where it is made of other settings."""
    known, plain = _known(fields, field), fields[field].default
    shown = default or ("" if plain is None else str(plain))
    return SettingDoc(_full_name(field), shown, known["secret"], known["example"])
