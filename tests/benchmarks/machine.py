"""What the figures were measured on; nothing that names the machine."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("sqlalchemy", "python-telegram-bot", "nicegui", "apscheduler")


def _first(path: str, name: str) -> str:
    """The value of the first line of a file in /proc that begins so."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "unknown")


def _memory() -> str:
    kilobytes = _first("/proc/meminfo", "MemTotal").partition(" ")[0]
    return f"{int(kilobytes) / 1024**2:.0f} GB" if kilobytes.isdecimal() else "unknown"


def _file_system(folder: Path) -> str:
    """The kind of the file system that holds a folder."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()]
    except OSError:
        return "unknown"
    holding = [(len(fields[1]), fields[2]) for fields in mounts if folder.is_relative_to(fields[1])]
    return max(holding)[1] if holding else "unknown"


def described(folder: Path) -> dict[str, str]:
    """What matters of this machine; `folder` is where the databases are."""
    return {
        "Processor": f"{_first('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores",
        "Memory": _memory(),
        "System": f"{platform.system()}, {platform.machine()}, file system {_file_system(folder.resolve())}",
        "Load when it began": f"{os.getloadavg()[0]:.1f} processes",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "Libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
    }
