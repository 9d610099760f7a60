"""The files that people send, kept by their content: the same bytes once, whole or not at all."""

import asyncio
import errno
import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path

from domain.messages import StoredFile

LONGEST_NAME = 120
LONGEST_NAME_BYTES = 240
"""File systems allow 255 bytes, and a Vietnamese letter takes up to three."""
NAMELESS = "tep"

_KEY = re.compile(r"[0-9a-f]{64}")
_LONGEST_EXTENSION = 16
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FileStoreError(OSError):
    """The store cannot do what was asked of it."""


class FileStoreFull(FileStoreError):
    """There is no room left for the file."""


class FileMissing(FileStoreError):
    """No file is kept under that key."""


class FileDamaged(FileStoreError):
    """What is kept is no longer what was saved."""


class FileStore:
    """Files under `root`, each in a folder named after the beginning of its key."""

    def __init__(self, root: Path) -> None:
        self.root = root

    async def save(self, data: bytes, name: str, mime: str) -> StoredFile:
        """Keep the bytes; when this returns, they survive a power cut. Raises FileStoreFull."""
        key = await asyncio.to_thread(self._save, data)
        return StoredFile(key, safe_name(name), mime, len(data))

    async def open(self, stored: StoredFile) -> bytes:
        """The bytes. Raises FileMissing or FileDamaged."""
        return await asyncio.to_thread(self._read, stored.key)

    async def delete(self, key: str) -> None:
        """Forget the bytes, for every file that has them: ask first whether another row names the key."""
        await asyncio.to_thread(self.path(key).unlink, missing_ok=True)

    def path(self, key: str) -> Path:
        """Where the bytes of a key lie. Raises ValueError for what is no key."""
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a key: {key!r}")
        return self.root / key[:2] / key[2:4] / key

    def _save(self, data: bytes) -> str:
        key = hashlib.sha256(data).hexdigest()
        path = self.path(key)
        try:
            if not _holds(path, data):
                self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_whole(path, data)
        except OSError as error:
            if error.errno in _FULL:
                raise FileStoreFull(error.errno, "no room for a file", str(self.root)) from None
            raise
        return key

    def _read(self, key: str) -> bytes:
        path = self.path(key)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise FileMissing(errno.ENOENT, "no such file is kept", key) from None
        if hashlib.sha256(data).hexdigest() != key:
            raise FileDamaged(errno.EIO, "a kept file has changed", key)
        return data


def _holds(path: Path, data: bytes) -> bool:
    # saving again mends what a failing disk has spoiled
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _write_whole(path: Path, data: bytes) -> None:
    number, written = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(written).replace(path)
    except BaseException:
        Path(written).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    # the new name is on the disk only once its folder is
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def safe_name(name: str) -> str:
    """The name without anything that could lead elsewhere, hide its kind or be refused by a computer."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    seen = "".join(
        char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    bare = " ".join(_FORBIDDEN.sub("", seen).split()).strip(". ")
    if _RESERVED.fullmatch(bare.partition(".")[0].rstrip()):
        bare = "_" + bare
    return _shortened(bare) or NAMELESS


def _shortened(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > _LONGEST_EXTENSION:
        stem, dot, extension = name, "", ""
    tail = dot + extension
    stem = stem[: LONGEST_NAME - len(tail)]
    while len((stem + tail).encode()) > LONGEST_NAME_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + tail
