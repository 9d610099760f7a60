"""Documents that were read, what they propose, and the names that have been learnt from them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from domain.decisions import Wait
from domain.names import fold
from domain.proposals import Decided, Doers, Endless, Proposal, ReadDocument, When
from domain.reading.values import Reading
from domain.series import Every
from storage.codecs import deadline_from_json, deadline_to_json, table
from storage.engine import Connection, insert_of
from storage.models import LearntNameRow, ProposalRow, ReadDocumentRow

document, proposal, learnt_name = table(ReadDocumentRow), table(ProposalRow), table(LearntNameRow)


def _doers_to_json(doers: Doers) -> dict[str, Any]:
    return {"units": list(doers.units), "people": list(doers.people)}


def _doers_from_json(kept: Mapping[str, Any]) -> Doers:
    return Doers(tuple(kept["units"]), tuple(kept["people"]))


def _when_to_json(when: When | None) -> dict[str, Any] | None:
    match when:
        case None:
            return None
        case Endless():
            return {"kind": "endless"}
        case Wait():
            return {"kind": "wait", "said": when.said, "days": when.days, "working": when.working}
        case tuple():
            return {"kind": "every", "rules": [[every.rule, every.said] for every in when]}
        case _:
            return {"kind": "deadline", **(deadline_to_json(when) or {})}


def _when_from_json(kept: Mapping[str, Any] | None) -> When | None:
    if kept is None:
        return None
    match kept["kind"]:
        case "endless":
            return Endless.ENDLESS
        case "wait":
            return Wait(kept["said"], kept["days"], kept["working"])
        case "every":
            return tuple(Every(rule, said) for rule, said in kept["rules"])
        case _:
            return deadline_from_json(dict(kept))


def _values(one: Proposal) -> dict[str, Any]:
    """What the Office may change."""
    return {
        "number": one.number,
        "content": one.content,
        "lead": _doers_to_json(one.lead),
        "coordinate": _doers_to_json(one.coordinate),
        "due": _when_to_json(one.when),
        "decided": one.decided.value,
        "reason": one.reason,
        "into": one.into,
        "follows": one.follows,
    }


def _to_proposal(row: Any, reading: Reading) -> Proposal:
    return Proposal(
        id=row.id,
        number=row.number,
        read=reading.tasks[row.place],
        content=row.content,
        lead=_doers_from_json(row.lead),
        coordinate=_doers_from_json(row.coordinate),
        when=_when_from_json(row.due),
        decided=Decided(row.decided),
        reason=row.reason,
        into=row.into,
        given_at=row.given_at,
        follows=row.follows,
    )


def _to_document(row: Any) -> ReadDocument:
    return ReadDocument(
        id=row.id,
        read_for=row.read_for,
        read_at=row.read_at,
        reading=Reading.from_facts(row.reading),
        text=row.text,
        directive_id=row.directive_id,
        succeeds=row.succeeds,
        stops=tuple(row.stops or ()),
    )


class Proposals:
    """Documents and proposals of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    # -- documents -----------------------------------------------------------------------------------------------

    async def keep(self, new: ReadDocument) -> ReadDocument:
        values = {
            "read_for": new.read_for,
            "read_at": new.read_at,
            "reading": new.reading.facts(),
            "text": new.text,
            "directive_id": new.directive_id,
            "succeeds": new.succeeds,
            "stops": list(new.stops),
        }
        made = await self._db.execute(document.insert().values(values).returning(document.c.id))
        return replace(new, id=made.scalar_one())

    async def document(self, document_id: int) -> ReadDocument | None:
        row = (await self._db.execute(select(document).where(document.c.id == document_id))).one_or_none()
        return _to_document(row) if row else None

    async def document_of(self, directive_id: int) -> ReadDocument | None:
        """What a published directive was read from."""
        row = (await self._db.execute(select(document).where(document.c.directive_id == directive_id))).one_or_none()
        return _to_document(row) if row else None

    async def latest_unpublished(self, person_id: int) -> ReadDocument | None:
        """The last document that was read for somebody and has not gone out."""
        query = (
            select(document)
            .where(document.c.read_for == person_id, document.c.directive_id.is_(None))
            .order_by(document.c.id.desc())
            .limit(1)
        )
        row = (await self._db.execute(query)).one_or_none()
        return _to_document(row) if row else None

    async def succeeds(self, document_id: int, directive_id: int | None, stops: Sequence[int] = ()) -> None:
        """The document takes the place of an earlier directive, and stops what some of its proposals have given."""
        values = {"succeeds": directive_id, "stops": list(stops)}
        await self._db.execute(update(document).where(document.c.id == document_id).values(values))

    async def drafts(self, person_id: int, limit: int) -> list[ReadDocument]:
        """The last documents of somebody of which a directive is being made, the latest first."""
        query = (
            select(document)
            .where(document.c.read_for == person_id, document.c.directive_id.is_(None), document.c.draft.is_not(None))
            .order_by(document.c.id.desc())
            .limit(limit)
        )
        return [_to_document(row) for row in await self._db.execute(query)]

    async def keep_draft(self, document_id: int, draft: Mapping[str, Any]) -> None:
        """Keep the directive that is being made of a document: it can be gone on with later, from another chat too."""
        await self._db.execute(update(document).where(document.c.id == document_id).values(draft=dict(draft)))

    async def draft(self, document_id: int) -> dict[str, Any] | None:
        """The directive that is being made of a document, None where there is none, or it has been published."""
        query = select(document.c.draft).where(document.c.id == document_id, document.c.directive_id.is_(None))
        row = (await self._db.execute(query)).one_or_none()
        return dict(row.draft) if row and row.draft else None

    async def forget_before(self, instant: datetime) -> None:
        """Forget what was read before an instant and has never gone out."""
        await self._forget(document.c.read_at < instant)

    async def forget(self, document_id: int) -> None:
        """The document is not to go out after all: nothing of it is kept."""
        await self._forget(document.c.id == document_id)

    async def _forget(self, which: ColumnElement[bool]) -> None:
        old = select(document.c.id).where(which, document.c.directive_id.is_(None))
        await self._db.execute(proposal.delete().where(proposal.c.document_id.in_(old)))
        await self._db.execute(document.delete().where(document.c.id.in_(old)))

    # -- proposals -----------------------------------------------------------------------------------------------

    async def propose(self, of: ReadDocument, new: Sequence[Proposal]) -> None:
        """Keep new proposals; each `read` is one of the tasks of the reading."""
        places = {id(task): place for place, task in enumerate(of.reading.tasks)}
        equal = {task: place for place, task in reversed([*enumerate(of.reading.tasks)])}
        rows = [
            {**_values(one), "document_id": of.id, "place": places.get(id(one.read), equal.get(one.read, 0))}
            for one in new
        ]
        if rows:
            await self._db.execute(proposal.insert(), rows)

    async def of(self, one: ReadDocument) -> list[Proposal]:
        """The proposals of a document, in the order in which they stand in it; parts follow the whole."""
        query = select(proposal).where(proposal.c.document_id == one.id).order_by(proposal.c.place, proposal.c.number)
        return [_to_proposal(row, one.reading) for row in await self._db.execute(query)]

    async def get(self, proposal_id: int) -> tuple[Proposal, list[Proposal]] | None:
        """One proposal, and all of its document."""
        document_id = await self._db.scalar(select(proposal.c.document_id).where(proposal.c.id == proposal_id))
        one = await self.document(document_id) if document_id else None
        if one is None:
            return None
        all_of_it = await self.of(one)
        return next(each for each in all_of_it if each.id == proposal_id), all_of_it

    async def change(self, changed: Sequence[Proposal]) -> None:
        """Keep what the Office has made of some."""
        for one in changed:
            await self._db.execute(update(proposal).where(proposal.c.id == one.id).values(_values(one)))

    async def last_number(self, document_id: int) -> int:
        query = select(func.max(proposal.c.number)).where(proposal.c.document_id == document_id)
        return (await self._db.execute(query)).scalar_one() or 0

    # -- giving --------------------------------------------------------------------------------------------------

    async def published(self, document_id: int, directive_id: int, at: datetime) -> None:
        """The document goes out as a directive, and what was accepted is to be given from `at` (UTC) on.

        What goes on of an earlier document goes on with it, and what that one said alone is stopped.
        """
        given = proposal.c.decided.in_((Decided.ACCEPTED.value, Decided.ALREADY_GIVEN.value))
        of_document = (proposal.c.document_id == document_id, given)
        any_given = (await self._db.execute(update(proposal).where(*of_document).values(give_at=at))).rowcount
        goes_out = {"directive_id": directive_id, "draft": None, "tell_at": at if any_given else None}
        of_it = update(document).where(document.c.id == document_id).values(goes_out)
        made = await self._db.execute(of_it.returning(document.c.stops))
        await self._db.execute(update(proposal).where(proposal.c.id.in_(made.scalar_one() or ())).values(stop_at=at))

    async def called_off(self, directive_id: int, now: datetime) -> None:
        """The directive has been called off: what has not been given yet is not given, what has been is to be stopped.

        What it was to stop of an earlier one goes on.
        """
        query = update(document).where(document.c.directive_id == directive_id).values(tell_at=None)
        called_off = (await self._db.execute(query.returning(document.c.id, document.c.stops))).one_or_none()
        if called_off is None:
            return
        await self._db.execute(update(proposal).where(proposal.c.id.in_(called_off.stops or ())).values(stop_at=None))
        of_it = proposal.c.document_id == called_off.id
        # in this order: what another process is just giving is waited for, and then seen as given
        await self._db.execute(update(proposal).where(of_it).values(give_at=None))
        await self._db.execute(update(proposal).where(of_it, proposal.c.given_at.is_not(None)).values(stop_at=now))

    async def due(self, now: datetime, limit: int) -> list[tuple[int, int]]:
        """Proposals whose tasks are to be given: each with its document, in their order."""
        query = (
            select(proposal.c.document_id, proposal.c.id)
            .where(proposal.c.give_at <= now)
            .order_by(proposal.c.give_at, proposal.c.id)
            .limit(limit)
        )
        return [(row.document_id, row.id) for row in await self._db.execute(query)]

    async def take(self, proposal_id: int, now: datetime) -> bool:
        """Whether it is still to be given; then nobody else gives it."""
        still = (proposal.c.id == proposal_id, proposal.c.give_at <= now)
        taken = await self._db.execute(update(proposal).where(*still).values(give_at=None, given_at=now))
        return taken.rowcount == 1

    # -- names ---------------------------------------------------------------------------------------------------

    async def learn(self, name: str, doers: Doers, person_id: int, now: datetime) -> None:
        """Remember whom a name of the documents stands for; what is learnt last holds."""
        values = {"doers": _doers_to_json(doers), "learnt_from": person_id, "learnt_at": now}
        insert = insert_of(self._db.dialect.name)(learnt_name).values(name=fold(name), **values)
        await self._db.execute(insert.on_conflict_do_update(index_elements=["name"], set_=values))

    async def learnt(self) -> dict[str, Doers]:
        """Every name that has been learnt, folded."""
        rows = await self._db.execute(select(learnt_name.c.name, learnt_name.c.doers))
        return {row.name: _doers_from_json(row.doers) for row in rows}
