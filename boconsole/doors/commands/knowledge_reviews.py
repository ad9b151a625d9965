"""Articles by command: reviewed, used at tickets, taken from folders and written there."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.knowledge import article_record, rows_answer, told_of, whole
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext

if TYPE_CHECKING:
    from boconsole.knowledge.reading import Article, ArticleRow
    from boconsole.session import Session


# Reviewing


def submit(call: Call) -> Answer:
    """Hand drafts over to a review."""
    from boconsole.knowledge import reviewing

    return _several(call, reviewing.submit, _("{number} waits for a review."))


def publish(call: Call) -> Answer:
    """Publish articles."""
    from boconsole.knowledge import reviewing

    return _several(call, reviewing.publish, _("{number} is published."))


def send_back(call: Call) -> Answer:
    """Give articles back to their authors."""
    from boconsole.knowledge import reviewing

    def work(session: "Session", seen: "Sequence[ArticleRow]") -> "list[Article]":
        return reviewing.send_back(session, seen, call.words.reason)

    return _several(call, work, _("{number} is a draft again."))


def archive(call: Call) -> Answer:
    """Take articles out of use."""
    from boconsole.knowledge import reviewing

    return _several(call, reviewing.archive, _("{number} is archived."))


def undo(call: Call) -> Answer:
    """Take back where articles were sent last."""
    from boconsole.knowledge import undoing

    numbers = undoing.undo_last(call.session())
    return Answer({"undone": numbers}, _("Undone: {numbers}.").format(numbers=", ".join(numbers)))


def review(call: Call) -> Answer:
    """Say that articles still hold."""
    from boconsole.knowledge import reviewing
    from boconsole.ledger.words import parse_day

    until: date | None = parse_day(call.words.until, field="until") if call.words.until else None

    def work(session: "Session", seen: "Sequence[ArticleRow]") -> "list[Article]":
        return reviewing.confirm(session, seen, until)

    return _several(call, work, _("{number} holds until {day}."))


def interval(call: Call) -> Answer:
    """List or set the months between reviews."""
    from boconsole.knowledge import reviewing

    words, session = call.words, call.session()
    if words.category and not words.months:
        raise InvalidChangeError("months", _("say how many, 0 for none of its own"))
    if words.category:
        reviewing.put_interval(session, words.category, whole(words.months, "months") or None)
    found = reviewing.intervals(session)

    def text() -> str:
        rows = [(path, str(months)) for path, months in found]
        rows.append((_("all others"), str(reviewing.MONTHS)))
        return output.table((_("Category"), _("Months")), rows, right=frozenset((1,)))

    return Answer([{"category": path, "months": months} for path, months in found], text)


def _several(
    call: Call,
    work: "Callable[[Session, Sequence[ArticleRow]], list[Article]]",
    sentence: str,
) -> Answer:
    from boconsole.knowledge import reading

    session = call.session()
    seen = [reading.get(session, number).row for number in call.words.numbers]
    done = work(session, seen)
    told = [sentence.format(number=each.number, day=each.row.review_on) for each in done]
    return Answer([article_record(each) for each in done], "\n".join(told))


# Using


def link(call: Call) -> Answer:
    """Link an article to a ticket, or take it away."""
    from boconsole.knowledge import reading, using
    from boconsole.tickets.words import number, parse_number

    session = call.session()
    article = reading.get(session, call.words.number)
    ticket = parse_number(call.words.ticket)
    if call.words.remove:
        done = using.unlink(session, article.row.id, ticket)
        sentence = _("{number} is taken from {ticket}.")
    else:
        done = using.link(session, article.row.id, ticket)
        sentence = _("{number} is linked to {ticket}.")
    return Answer(article_record(done), sentence.format(number=done.number, ticket=number(ticket)))


def propose(call: Call) -> Answer:
    """List the articles that fit a ticket or a text."""
    from boconsole.knowledge import proposing
    from boconsole.tickets.words import NUMBER, parse_number

    session, text = call.session(), call.words.text
    if NUMBER.match(text):
        return rows_answer(proposing.for_ticket(session, parse_number(text)))
    return rows_answer(proposing.propose(session, text))


def helped(call: Call) -> Answer:
    """Say whether an article helped."""
    from boconsole.knowledge import reading, using

    session = call.session()
    row = reading.get(session, call.words.number).row
    done = using.vote(session, row.id, helpful=not call.words.no)
    return told_of(done, _("{number}: your voice is counted."))


# Folders


def load(call: Call) -> Answer:
    """Take in a folder of Markdown files."""
    from boconsole.knowledge import folders

    found = folders.load(
        call.session(), Path(call.words.folder), create=call.words.create,
        dry_run=call.words.dry_run,
    )  # fmt: skip
    kinds = (folders.MADE, folders.CHANGED, folders.SAME, folders.REFUSED)
    counts = {kind: sum(each.what == kind for each in found) for kind in kinds}
    told = _("{made} made, {changed} changed, {same} as before, {refused} refused.")
    notes = tuple(f"{each.file}: {each.reason}" for each in found if each.what == folders.REFUSED)
    return Answer(
        {**counts, "dry_run": call.words.dry_run, "files": [each._asdict() for each in found]},
        told.format(**counts), notes, code=1 if notes else 0,
    )  # fmt: skip


def save(call: Call) -> Answer:
    """Write articles into a folder."""
    from boconsole.knowledge import folders

    count = folders.save(
        call.session(), Path(call.words.folder), " ".join(call.words.query),
        replace=call.words.replace,
    )  # fmt: skip
    sentence = ngettext("{n} article is in {path}.", "{n} articles are in {path}.", count)
    return Answer(
        {"articles": count, "folder": call.words.folder},
        sentence.format(n=count, path=call.words.folder),
    )
