"""The rows of the table of proposals as HTML: what is known of each, what is silent, and what can be done."""

from markupsafe import Markup

from domain.people import Agency
from domain.proposals import Decided, Doers, Proposal
from locales.speech import Speech
from locales.texts import proposal_table as texts
from locales.texts.proposals import bodies, by_when

COLUMNS = ("number", "content", "lead", "coordinate", "when", "state")

_CELL = Markup('<td class="nv-c-{}" data-label="{}">{}</td>')
_EDIT = Markup('<button type="button" class="nv-edit{}" data-do="edit" data-part="{}" title="{}">{}</button>')
_ACT = Markup('<button type="button" class="nv-act nv-act-{}" data-do="{}" data-part="{}" aria-label="{}">{}</button>')
_NOTE = Markup('<span class="nv-rownote">{}</span>')
_SELECT = Markup('<label class="nv-pick"><input type="checkbox" data-do="select" aria-label="{}"><b>{}</b></label>')
_POINT = Markup('<span class="nv-rownote">{} {}</span>')
_STATE = Markup('<span class="nv-state nv-is-{}">{}</span>')


class Rows:
    """Makes rows. Where they are not open to changes, there is nothing to press."""

    def __init__(self, speech: Speech, agency: Agency, *, is_open: bool) -> None:
        self._speech = speech
        self._agency = agency
        self.is_open = is_open
        self._words = texts.labels(speech)

    def cells(self, one: Proposal, *, is_found: bool) -> Markup:
        """One row; `is_found` says whether its sentence is marked in the text."""
        words = self._words
        cells = {
            "number": self._number(one),
            "content": self._content(one, is_found=is_found),
            "lead": self._editable(one, "lead", self._names(one.lead) or self._asked(words["who"])),
            "coordinate": self._editable(one, "coordinate", self._names(one.coordinate) or _NOTE.format("—")),
            "when": self._when(one),
            "state": self._state(one),
        }
        return Markup("").join(_CELL.format(name, words[name], cells[name]) for name in COLUMNS)

    def _changes(self, one: Proposal) -> bool:
        return self.is_open and one.stands

    def _number(self, one: Proposal) -> Markup:
        shown = Markup('<b class="nv-pick">{}</b>').format(one.number)
        if self._changes(one):
            shown = _SELECT.format(texts.select(self._speech, one.number), one.number)
        return shown + (_POINT.format(self._words["point"], one.read.point) if one.read.point else Markup(""))

    def _content(self, one: Proposal, *, is_found: bool) -> Markup:
        said = self._editable(one, "content", Markup.escape(one.content))
        if " ".join(one.content.split()) != one.read.text:
            said += _NOTE.format(texts.changed(self._speech, one.read.text))
        if not is_found:
            return said + _NOTE.format(self._words["not_found"])
        return said + Markup('<button type="button" class="nv-show" data-do="show">{}</button>').format(
            self._words["show"]
        )

    def _names(self, doers: Doers) -> Markup:
        return Markup.escape(bodies(self._speech, doers, self._agency))

    def _when(self, one: Proposal) -> Markup:
        said = by_when(self._speech, one.when) if one.when else ""
        shown = self._editable(one, "when", Markup.escape(said) if said else self._asked(self._words["by_when"]))
        quote = one.read.deadline.quote or ""
        return shown + (_NOTE.format(f"\u201c{quote}\u201d") if quote and quote not in said else "")

    def _asked(self, question: str) -> Markup:
        return Markup('<em class="nv-silent">{}</em>').format(question)

    def _editable(self, one: Proposal, part: str, shown: Markup) -> Markup:
        if not self._changes(one):
            return Markup('<span class="nv-said">{}</span>').format(shown)
        asks = (part == "lead" and one.asks_who) or (part == "when" and one.asks_when)
        return _EDIT.format(" nv-asks" if asks else "", part, f"{self._words['change']}: {self._words[part]}", shown)

    def _state(self, one: Proposal) -> Markup:
        said = _STATE.format(one.decided.value, texts.state(self._speech, one))
        if one.reason:
            said += _NOTE.format(one.reason)
        return said + Markup('<span class="nv-acts">{}</span>').format(self._acts(one))

    def _acts(self, one: Proposal) -> Markup:
        if not self.is_open:
            return Markup("")
        acts: list[tuple[str, str]] = []
        if one.decided in (Decided.OPEN, Decided.LEFT_OUT, Decided.ALREADY_GIVEN):
            acts.append(("accept", "accept"))
        if one.stands:
            acts += [("leave_out", "edit"), ("split", "edit")]
        return Markup("").join(
            _ACT.format(name, does, name, f"{self._words[name]}: {one.number}", self._words[name])
            for name, does in acts
        )
