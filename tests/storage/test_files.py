"""The files: the same bytes once, whole or not at all, under names that lead nowhere."""

import asyncio
import errno
import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.files import (
    LONGEST_NAME,
    LONGEST_NAME_BYTES,
    FileDamaged,
    FileMissing,
    FileStore,
    FileStoreError,
    FileStoreFull,
    safe_name,
)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def kept(store: FileStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


async def test_what_is_saved_can_be_opened(store: FileStore) -> None:
    stored = await store.save(b"%PDF-1.7", "../Kế hoạch.pdf", "application/pdf")
    assert (stored.name, stored.mime, stored.size) == ("Kế hoạch.pdf", "application/pdf", 8)
    assert stored.key == hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert await store.open(stored) == b"%PDF-1.7"
    assert store.path(stored.key).relative_to(store.root).parts == (stored.key[:2], stored.key[2:4], stored.key)


async def test_only_we_can_read_it(store: FileStore) -> None:
    stored = await store.save(b"x", "a", "")
    assert store.path(stored.key).stat().st_mode & 0o777 == 0o600
    assert store.root.stat().st_mode & 0o777 == 0o700


async def test_the_same_bytes_are_kept_once_even_when_saved_together(store: FileStore) -> None:
    saved = await asyncio.gather(*(store.save(b"same", f"{n}.txt", "text/plain") for n in range(20)))
    assert len({stored.key for stored in saved}) == 1
    assert len(kept(store)) == 1
    assert [stored.name for stored in saved] == [f"{n}.txt" for n in range(20)]


async def test_an_empty_file_is_a_file(store: FileStore) -> None:
    assert await store.open(await store.save(b"", "a", "")) == b""


async def test_what_is_deleted_is_missing_and_may_be_deleted_again(store: FileStore) -> None:
    stored = await store.save(b"x", "a", "")
    await store.delete(stored.key)
    await store.delete(stored.key)
    with pytest.raises(FileMissing):
        await store.open(stored)


async def test_a_spoiled_file_is_not_handed_out_and_saving_mends_it(store: FileStore) -> None:
    stored = await store.save(b"right", "a", "")
    store.path(stored.key).write_bytes(b"wrong")
    with pytest.raises(FileDamaged):
        await store.open(stored)
    await store.save(b"right", "a", "")
    assert await store.open(stored) == b"right"


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n"])
async def test_what_is_no_key_opens_nothing(store: FileStore, key: str) -> None:
    stored = replace(await store.save(b"x", "a", ""), key=key)
    with pytest.raises(ValueError, match="not a key"):
        await store.open(stored)
    with pytest.raises(ValueError, match="not a key"):
        await store.delete(key)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_is_told_and_leaves_nothing(
    store: FileStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_file: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(FileStoreFull) as refused:
            await store.save(b"x", "a", "")
    assert isinstance(refused.value, FileStoreError)
    assert refused.value.errno == number
    assert kept(store) == []
    assert await store.open(await store.save(b"x", "a", "")) == b"x"


async def test_another_trouble_is_told_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        await FileStore(tmp_path / "file" / "below").save(b"x", "a", "")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Kế hoạch số 12.docx", "Kế hoạch số 12.docx"),
        ("../../x", "x"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\Hoa\\báo cáo.xlsx", "báo cáo.xlsx"),
        ("folder/", "folder"),
        ("", "tep"),
        ("..", "tep"),
        (" . . ", "tep"),
        ("\u202e", "tep"),
        ("bao cao\u202efdp.exe", "bao caofdp.exe"),
        ("a\x00b\nc\x7f.txt", "abc.txt"),
        ('a<b>:"|?*.txt', "ab.txt"),
        (".htaccess", "htaccess"),
        ("name. . ", "name"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("console.txt", "console.txt"),
        ("tie\u0302\u0301ng.txt", "tiếng.txt"),
        ("\ud800.txt", "txt"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    assert safe_name("x" * 300 + ".docx") == "x" * 115 + ".docx"
    assert safe_name("ế" * 300 + ".docx") == "ế" * 78 + ".docx"
    assert safe_name("x." + "y" * 300) == "x." + "y" * 118


@given(st.text(max_size=200))
def test_every_safe_name_is_one_name_that_stays_as_it_is(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= LONGEST_NAME
    assert len(safe.encode()) <= LONGEST_NAME_BYTES
    assert Path("/folder", safe).resolve() == Path("/folder", safe)
    assert Path(safe).name == safe
    assert safe_name(safe) == safe
