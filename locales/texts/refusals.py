"""Every refusal: what is wrong, and what to type instead."""

from datetime import date
from typing import Any

from domain.messages import Button, Outgoing
from domain.refusals import Because, Refusal
from domain.tasks import CONTENT_LENGTH
from domain.workdays import MOST_WORKDAYS
from locales.speech import Speech, say
from locales.texts import calendar_refusals, choice_refusals, proposal_refusals, unreadable
from locales.texts.parts import deadline_examples, rows


def _tasks(_: Speech) -> dict[Because, str]:
    return {
        Because.NOT_ALLOWED: _("This is not among what your role may do. /trogiup shows what is."),
        Because.NO_SUCH_TASK: _("There is no task %(number)s. /viec shows yours with their numbers."),
        Because.NO_NUMBER: _(
            "The number of the task is missing. Please type: %(command)s 12 (/viec shows the numbers)."
        ),
        Because.NOT_YOURS: _("Task %(number)s is not yours to do this with. /viec shows your tasks."),
        Because.ALREADY_DONE: _("Task %(number)s is done and confirmed already. Nothing was changed."),
        Because.AWAITING_CONFIRMATION: _(
            "Task %(number)s has been reported as done and waits for confirmation. Nothing was changed."
        ),
        Because.NOT_AWAITING: _("Task %(number)s is not waiting for confirmation. viec %(number)s shows its state."),
        Because.CLOSED: _("Task %(number)s is not being worked on any more. viec %(number)s shows its state."),
        Because.OWN_CLAIM: _("Nobody confirms their own work: task %(number)s waits for somebody else."),
        Because.STALE_BUTTON: _(
            "That button belongs to an earlier letter; task %(number)s has changed since. "
            "viec %(number)s shows it as it is."
        ),
        Because.CHANGED_MEANWHILE: _(
            "Somebody else changed task %(number)s just now. viec %(number)s shows it as it is."
        ),
        Because.PERCENT_RANGE: _("Percent goes from 0 to 100, not %(percent)s. Please type: tiendo %(number)s 60"),
        Because.PERCENT_MISSING: _("How far is task %(number)s? Please type: tiendo %(number)s 60"),
        Because.NO_REASON: _("A reason is needed. Please type: tralai %(number)s and the reason."),
        Because.NO_DIFFICULTY: _("No difficulty is open with task %(number)s. vuongmac lists those that are."),
        Because.NOT_SUBMITTED: _(
            "The difficulty with task %(number)s has not been submitted to a leader. "
            "To answer it: vuongmac %(number)s and the answer."
        ),
        Because.LEADERS_WORD: _(
            "Only a leader can say this about task %(number)s. To answer: vuongmac %(number)s and the answer."
        ),
        Because.NO_LEADER: _(
            "There is no other leader in the roster to submit task %(number)s to. To answer it: vuongmac %(number)s and "
            "the answer."
        ),
        Because.ASSIGNEE_LEFT: _(
            "Whoever had task %(number)s is no longer in the roster and cannot be asked. To close its difficulty: "
            "vuongmac %(number)s da giai quyet"
        ),
        Because.NO_WORDS: _("The text is missing. Please type it in one message, or /huy to leave it."),
        Because.WORDS_TOO_LONG: _(
            "The message has %(length)s characters, at most %(most)s are kept. Please shorten it, or name the document."
        ),
        Because.NO_TASK_FOR_FILE: _(
            "You have no unfinished task that a file could be evidence of, so it was not kept."
        ),
        Because.FILE_LOST: _(
            "The file could not be kept (at most 20 MB). Please send it again, smaller, or name the document's number."
        ),
    }


def _assigning(_: Speech) -> dict[Because, str]:
    return {
        Because.DATE_UNREADABLE: _("“%(text)s” is not a deadline that I can read. For example: %(examples)s"),
        Because.DATE_IMPOSSIBLE: _(
            "There is no such day: “%(text)s”. Please type the deadline again, for example: %(examples)s"
        ),
        Because.DATE_PAST: _("%(date)s has passed already. Please type a day to come, for example: %(examples)s"),
        Because.WORKDAYS_RANGE: _("The number of days goes from 1 to %(most)s. For example: %(examples)s"),
        Because.NO_ADDRESSEE: _("To whom? Please type: giao name or unit; deadline; content"),
        Because.UNKNOWN_ADDRESSEE: _(
            "Nobody and no unit here is called “%(text)s”. Please type the name again, or /huy."
        ),
        Because.HAS_IT_ALREADY: _("Task %(number)s is with that person already. viec %(number)s shows it."),
        Because.HAND_OVER_WHOM: _(
            "To whom is task %(number)s to go? Please type: chuyen %(number)s cho name of an officer or a unit"
        ),
        Because.OUTSIDE_UNIT: _(
            "%(name)s is not in your unit: a unit head assigns within the unit; else ask the Office."
        ),
        Because.UNIT_WITHOUT_HEAD: _("%(unit)s has no head in the roster. Please name an officer instead."),
        Because.NO_CONTENT: _("What is to be done? The content is missing. Please type it."),
        Because.CONTENT_TOO_LONG: _(
            "The content has %(length)s characters, at most %(most)s are kept. Please shorten it, or name the document."
        ),
    }


def _extending(_: Speech) -> dict[Because, str]:
    return {
        Because.NOTHING_TO_EXTEND: _("Task %(number)s has no deadline, so there is nothing to extend."),
        Because.EXTENSION_TOO_LATE: _(
            "The deadline of task %(number)s (%(date)s) has passed; an extension is asked for before it. Please report "
            "how far it is: tiendo %(number)s 60, or what stands in the way: vuongmac %(number)s and the reason."
        ),
        Because.EXTENSION_NOT_LATER: _(
            "The new deadline must be later than the present one, %(date)s. Please type a later day, for example: "
            "giahan %(number)s them 5 ngay lam viec"
        ),
        Because.EXTENSION_NOT_ASKED: _(
            "No request to extend task %(number)s waits for an answer (any more). viec %(number)s shows what was "
            "decided; giahan %(number)s with a date and a reason moves the deadline."
        ),
        Because.EXTENSION_REPLACED: _(
            "That request has been replaced by a newer one. viec %(number)s shows it; please answer the newer letter."
        ),
        Because.NOT_THE_GRANTER: _(
            "Only whoever set the deadline of task %(number)s may move it: %(name)s. The assignee asks for it with: "
            "giahan %(number)s, the date and the reason."
        ),
        Because.NEVER_REMINDED: _("You have not been reminded of anything yet. For one task: visao 12"),
        Because.NOTHING_TO_UNDO: _(
            "Nothing of the last 10 minutes can be taken back. What was done, confirmed, returned, assigned or extended "
            "can be, within 10 minutes."
        ),
        Because.NO_APPROVER: _("Nobody in the roster can extend task %(number)s. Please tell the Office."),
    }


def _talking(_: Speech) -> dict[Because, str]:
    return {
        Because.QUESTION_CLOSED: _(
            "That question is closed already. Nothing was changed. /trogiup shows what can be said."
        ),
        Because.YES_OR_NO: _("Please answer yes or no, or /huy to leave the question."),
        Because.NOTHING_TO_CANCEL: _("There is no open question to leave."),
        Because.DIALOG_EXPIRED: _("That question was open too long and has been closed. Please start again: /trogiup"),
        Because.UNKNOWN_COMMAND: _("I do not know the command “%(text)s”. /trogiup shows what can be said."),
        Because.NOT_UNDERSTOOD: _("I did not understand that. For example: viec · xong 12 · tiendo 12 60 · /trogiup"),
        Because.WHICH_DIFFICULTY: _(
            "I did not understand that. Several difficulties wait for your word: please type the number of the task "
            "before it, for example: %(examples)s"
        ),
        Because.EMPTY_MESSAGE: _("The message has no text that I can read. For example: viec · xong 12 · /trogiup"),
        Because.UNSUPPORTED_KIND: _("I cannot read this kind of message. Please type it, or send a photo or a file."),
        Because.WRONG_CODE: _("This code is not valid (any more). Please check it, or ask the Office for a new one."),
        Because.LOCKED_OUT: _("Too many wrong codes. Please try again in %(minutes)s minutes."),
        Because.NO_SUCH_ACCOUNT: _("That connection no longer exists. /toi shows the present ones."),
        Because.MARKED_SECRET: _(
            "What you have sent bears a mark of secrecy. Secret documents are not sent by message: nothing of it was "
            "kept. Please delete it from this chat, and use the way that is prescribed for secret documents. If it is "
            "not secret, please take that word out of the text and of the file's name, and send it again."
        ),
        Because.NOT_IN_GROUP: _("Tasks are not spoken of in a group. Please write to me in a private chat."),
    }


def _directives(_: Speech) -> dict[Because, str]:
    return {
        Because.NO_SUCH_DIRECTIVE: _("There is no directive %(number)s among yours. /chidao shows them."),
        Because.WHICH_DIRECTIVE: _("Which directive? Please type: %(command)s 3 (/chidao shows the numbers)."),
        Because.PUBLISH_OR_WHAT: _(
            "“%(text)s” is not clear here, and nothing has gone out yet. "
            "Please type: phat hanh · hen gio 8h mai · sua trich yeu · sua tom tat · bo tep · /huy"
        ),
        Because.NO_MOMENT: _(
            "“%(text)s” is not a time at which it can go out. Please type the hour and the day alone, for example: "
            "8h mai · 14h 27/11 · thu hai; or /huy"
        ),
        Because.DOCUMENT_LOST: _(
            "The file could not be kept (at most 20 MB), and nothing has been published. Please send it again, smaller."
        ),
        Because.NOBODY_THERE: _("Nobody is in that audience. Please name units or people."),
        Because.DOCUMENT_DATE: _("“%(text)s” is not a date that I can read. For example: 20/11/2026"),
        Because.GONE_OUT: _(
            "Directive %(number)s went out more than an hour ago and cannot be withdrawn. "
            "Please publish another one that takes its place: /chidao"
        ),
        Because.CALLED_OFF: _("Directive %(number)s was called off already. Nothing was changed."),
    }


def _ways(_: Speech) -> dict[Because, str]:
    return {
        Because.NO_SUCH_CHANNEL: _(
            "You have no connected channel called “%(text)s”. Connected: %(connected)s. To connect another one: /lienket"
        ),
        Because.CHANNEL_FULL: _(
            "This channel takes no more than %(most)s people, and they are complete. Your code is still valid: "
            "please use it on another channel. %(others)s"
        ),
        Because.ACT_FOR_WHOM: _(
            "Speaking for somebody is possible within your own unit. Please type the name and what they say, "
            "for example: thay Nguyen Van An xong 12"
        ),
        Because.ACT_FOR_WHAT: _(
            "What does %(name)s say? Possible are nhan, tiendo, xong, vuongmac and giahan with the number of their task, "
            "for example: thay %(name)s xong 12"
        ),
        Because.NOT_THEIRS: _("Task %(number)s is not a task of %(name)s. viec %(number)s shows whose it is."),
    }


def _facts(_: Speech, facts: dict[str, Any]) -> dict[str, Any]:
    said = {"examples": deadline_examples(_), "most": MOST_WORKDAYS, **facts}
    return {key: _.day(value) if isinstance(value, date) else value for key, value in said.items()}


def refused(_: Speech, refusal: Refusal) -> Outgoing:
    """The sentence for a refusal; a button where one step mends it."""
    filled = Refusal(refusal.because, **_facts(_, refusal.facts))
    for apart in (proposal_refusals, choice_refusals, calendar_refusals, unreadable):
        if said := apart.refused(_, filled):
            return Outgoing(said)
    facts = dict(refusal.facts)
    if refusal.because is Because.CONTENT_TOO_LONG:
        facts.setdefault("most", CONTENT_LENGTH)
    sentences = _tasks(_) | _assigning(_) | _extending(_) | _directives(_) | _talking(_) | _ways(_)
    sentence = sentences[refusal.because]
    suggested = facts.get("suggested")
    buttons = rows(Button(f"/{suggested}", str(suggested))) if suggested else ()
    if refusal.because is Because.UNKNOWN_ADDRESSEE and facts.get("nearest"):
        sentence = _("Nobody and no unit here is called “%(text)s”. Nearest: %(nearest)s. Please type the name again.")
    if refusal.because is Because.UNKNOWN_COMMAND and suggested:
        sentence = _("I do not know the command “%(text)s”. Did you mean /%(suggested)s?")
    if refusal.because in (Because.NO_SUCH_TASK, Because.NOT_YOURS, Because.NO_NUMBER):
        buttons = rows(Button(_("My tasks"), "viec"))
    elif refusal.because in (Because.STALE_BUTTON, Because.NOT_AWAITING, Because.CLOSED) and "number" in facts:
        buttons = rows(Button(_("Details of %(number)s") % facts, f"viec {facts['number']}"))
    return Outgoing(say(sentence, **_facts(_, facts)), buttons)


def broken(_: Speech) -> Outgoing:
    """Something failed that is not the person's fault."""
    return Outgoing(_("Something went wrong on our side, and your message could not be handled. Please send it again."))
