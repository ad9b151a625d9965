"""What may be destroyed, what is held, and what was destroyed, by command."""

from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors import registry_records as records
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _, grouped, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boconsole.registry.destroying import Destruction
    from boconsole.registry.due import Due
    from boconsole.session import Session

MOST = 10_000


def destroy_due(call: Call) -> Answer:
    """List what may be destroyed, propose it, confirm or refuse what somebody else proposed."""
    from boconsole.registry import destroying, reading
    from boconsole.registry import due as due_list
    from boconsole.registry.words import parse_destruction, parse_span
    from boconsole.tickets.rows import Ref

    words, session = call.words, call.session()
    if words.confirm:
        found = destroying.confirm(session, parse_destruction(words.confirm))
        return _told(session, found, words.protocol, _("{number} is done: {n} documents."))
    if words.refuse:
        found = destroying.refuse(session, parse_destruction(words.refuse), words.reason)
        return _told(session, found, "", _("{number} is refused."))
    months, days = parse_span(words.within, "within")
    if words.undated:
        return _listed(due_list.undated(session, MOST))
    due = due_list.ahead(session, months * 30 + days, MOST)
    if words.numbers:
        wanted = {reading.get(session, number).id for number in words.numbers}
        due = [each for each in due if each.row.id in wanted]
    if words.propose:
        ids = [reading.get(session, number).id for number in words.numbers] or [
            each.row.id for each in due
            if not each.held and not each.proposed and each.row.due_then == "destroy"
        ]  # fmt: skip
        found = destroying.propose(session, [Ref(each) for each in ids], words.reason)
        return _told(session, found, "", _("{number} waits for a second person."))

    missing = due_list.count(session, "is:undated")
    return _listed(due, missing.number)


def _listed(due: "Sequence[Due]", missing: int = 0) -> Answer:
    def text() -> str:
        from boconsole.registry.words import THEN, number

        cells = [
            (number(each.row.id), each.row.title, str(each.row.due_on or "-"),
             _(THEN.get(each.row.due_then, "")), each.rule,
             each.advice or each.held or (_("proposed") if each.proposed else ""))
            for each in due
        ]  # fmt: skip
        headings = (_("Number"), _("Title"), _("Due"), _("Then"), _("Rule"), _("Held"))
        if not cells:
            return _("Nothing is due.")
        return output.fitted_table(headings, cells, output.terminal_width(), cut=1)

    value = [{**records.document(each.row), "rule": each.rule, "holds": each.held or None,
              "proposed": each.proposed, "advice": each.advice or None}
             for each in due]  # fmt: skip
    told = ngettext(
        "{n} document has no date to count from and is kept for ever; --undated lists it.",
        "{n} documents have no date to count from and are kept for ever; --undated lists them.",
        missing,
    )
    return Answer(value, text, (told.format(n=grouped(missing)),) if missing else ())


def destructions(call: Call) -> Answer:
    """List destructions, or show one and write its protocol."""
    from boconsole.registry import destroying
    from boconsole.registry.words import destruction_number

    session = call.session()
    if call.words.number:
        found = destroying.get(session, call.words.number)
        return _told(session, found, call.words.protocol, "{number}")
    rows = destroying.list_all(session)

    def text() -> str:
        cells = [
            (destruction_number(row.id), _(row.state), str(row.documents), row.proposed_by,
             row.decided_by or "-", row.reason)
            for row in rows
        ]  # fmt: skip
        headings = (_("Number"), _("State"), _("Documents"), _("Proposed by"), _("Decided by"),
                    _("Reason"))  # fmt: skip
        return output.table(headings, cells, right=frozenset((2,))) if cells else _("Nothing.")

    return Answer([records.destruction(row) for row in rows], text)


def _told(session: "Session", found: "Destruction", path: str, sentence: str) -> Answer:
    from boconsole.registry import destroying, protocols

    found = destroying.get(session, found.row.id)
    notes: tuple[str, ...] = ()
    if path:
        protocols.write(found, Path(path))
        notes = (_("Saved as {path}.").format(path=path),)
    value = {**records.destruction(found.row), "lines": protocols.records(found)}

    def text() -> str:
        listed = [f"{line['number']} {line['title']} {line['file']} {line['sha256']}".strip()
                  for line in protocols.records(found)]  # fmt: skip
        told = sentence.format(number=found.number, n=len(found.lines))
        return "\n".join([told, *listed])

    return Answer(value, text, notes)


def keep(call: Call) -> Answer:
    """Keep a document longer than its rule says."""
    from boconsole.doors.commands.documents import told_of
    from boconsole.registry import reading, retaining

    session = call.session()
    row = reading.get(session, call.words.number).row
    done = retaining.keep_until(session, row, call.words.until, call.words.reason)
    return told_of(done, _("{number} is kept."))


def hold(call: Call) -> Answer:
    """Put documents under a legal hold, or end it."""
    from boconsole.registry import reading, retaining
    from boconsole.tickets.rows import Ref

    words, session = call.words, call.session()
    seen = [Ref(reading.get(session, number).id) for number in words.numbers]
    if words.release:
        done = retaining.release(session, seen, words.reason)
        sentence = _("{number} is released.")
    else:
        done = retaining.hold(session, seen, words.matter or "", words.reason, words.until)
        sentence = _("{number} is held.")
    told = "\n".join(sentence.format(number=each.number) for each in done)
    return Answer([records.document(each.row) for each in done], told)
