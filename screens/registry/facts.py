"""What documents and contracts look like: states, levels, days, a record to read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from boconsole.language import N_, _
from boconsole.registry import retaining, words
from boconsole.registry.contracts import Card as ContractCard
from boconsole.registry.contracts import ContractRow, TermRow
from boconsole.registry.reading import Card, DocumentRow
from screens.cells import Cell, Look, safe
from screens.ledger.facts import money
from screens.licence_facts import lines_of
from screens.prose import toned, wrapped

DOCUMENT, CONTRACT = words.DOCUMENT, words.CONTRACT
STATES = {
    words.DRAFT: Look("D", N_("draft"), ""),
    words.REVIEW: Look("?", N_("in review"), "warn"),
    words.APPROVED: Look("A", N_("approved"), "good"),
    words.SUPERSEDED: Look("S", N_("superseded"), "muted"),
    words.WITHDRAWN: Look("W", N_("withdrawn"), "muted"),
    words.DESTROYED: Look("X", N_("destroyed"), "muted"),
}
LEVELS = {
    words.PUBLIC: Look("P", N_("public"), "muted"),
    words.INTERNAL: Look("I", N_("internal"), ""),
    words.CONFIDENTIAL: Look("C", N_("confidential"), "warn"),
    words.SECRET: Look("!", N_("secret"), "bad"),
}
CONTRACT_STATES = {
    words.DRAFT: Look("D", N_("draft"), "muted"),
    words.ACTIVE: Look("A", N_("active"), "good"),
    words.TERMINATED: Look("T", N_("terminated"), "warn"),
    words.ENDED: Look("X", N_("ended"), "muted"),
}
SOON, NEAR = 30, 90


def look(found: Look) -> Cell:
    """Return letter and word of a state."""
    return Cell(f"{found.letter} {_(found.word)}", found.tone)


def until(day: date | None, today: date, *, over: bool = False) -> Cell:
    """Return a last day: bad when it is over, a warning when it is near."""
    if day is None:
        return Cell("-", "muted")
    left = (day - today).days
    tone = "muted" if over else "bad" if left < 0 else "warn" if left <= SOON else ""
    return Cell(str(day), tone)


def value(row: DocumentRow | ContractRow | TermRow) -> Cell:
    """Return an amount with its currency, nothing where there is none."""
    if row.amount is None:
        return Cell("")
    return Cell(f"{money(row.amount, row.precision)} {safe(row.commodity)}")


def held(row: DocumentRow) -> Cell:
    """Return whether a legal hold keeps a document."""
    return Cell(_("held"), "bad") if row.held else Cell("")


def due(row: DocumentRow, today: date) -> Cell:
    """Return from when on a document may be destroyed; a warning where no date says so."""
    if row.due_on is None and row.due_then:
        return Cell(_("no date"), "warn")
    return until(row.due_on, today)


def document_lines(card: Card, room: int) -> list[Content]:
    """Return a document to read."""
    row = card.row
    return lines_of(f"{words.number(row.id)} {row.title}", _document_facts(card), room)


def _document_facts(card: Card) -> Iterator[tuple[str, Cell]]:
    row = card.row
    yield N_("State"), look(STATES[row.state])
    yield N_("Level"), look(LEVELS[row.level])
    yield N_("Hold"), Cell(safe("; ".join(
        f"{one.matter} ({one.put_by}, {one.from_on})" for one in card.holds
        if one.released_at is None)), "bad")  # fmt: skip
    yield N_("Class"), Cell(safe(f"{row.class_code} {row.class_name}".strip()))
    yield N_("Owner"), Cell(safe(row.owner))
    yield N_("Readers"), Cell(safe(", ".join(card.readers)))
    yield N_("With"), Cell(safe(row.counterpart))
    contract = words.contract_number(row.contract_id) if row.contract_id else ""
    yield N_("Contract"), Cell(contract, "info")
    yield N_("Reference"), Cell(safe(row.reference))
    yield N_("Value"), value(row)
    yield N_("Date"), Cell(str(row.dated_on or ""))
    yield N_("Until"), Cell(str(row.expires_on or ""))
    yield N_("Look again"), Cell(str(row.review_on or ""))
    yield N_("Tags"), Cell(safe(row.tags))
    version = f"{row.latest}: {row.file}" if row.latest else ""
    yield N_("Version"), Cell(safe(version))
    yield N_("Approved"), Cell(str(row.approved_on or ""))
    yield N_("Reviewers"), Cell(safe(", ".join(
        f"{one.user} {_(one.decision) if one.decision else '…'}" for one in card.reviews
        if one.round == row.round)))  # fmt: skip
    successor = words.number(row.successor_id) if row.successor_id else ""
    yield N_("Superseded by"), Cell(successor, "info")
    yield N_("Reason"), Cell(safe(row.reason))
    yield N_("Retention"), Cell(safe(card.rule.told()), "muted")
    due = f"{row.due_on} {_(words.THEN[row.due_then])}" if row.due_on else ""
    yield N_("Due"), Cell(due) if due else Cell(retaining.advice(row, card.rule), "warn")
    yield N_("Note"), Cell(safe(row.note))


def text_lines(card: Card, room: int) -> list[Content]:
    """Return what was read of the last file."""
    if not card.versions:
        return [toned((_("There is no file yet; f adds one."), "muted"))]
    last = card.versions[-1]
    told = f"{safe(last.name)} · {_(words.TEXTS[last.text_state])} {safe(last.text_why)}".strip()
    lines = [*wrapped(toned((told, "muted")), room), Content()]
    for line in card.text[:20_000].splitlines():
        lines += wrapped(toned((safe(line), "")), room) if line.strip() else [Content()]
    return lines


def contract_lines(card: ContractCard, today: date, room: int) -> list[Content]:
    """Return a contract to read, with its terms and open duties."""
    row = card.row
    lines = lines_of(f"{words.contract_number(row.id)} {row.title}",
                     _contract_facts(row, today), room)  # fmt: skip
    lines += [Content(), toned((_("Terms"), "strong"))]
    for term in reversed(card.terms):
        notice = words.span(term.notice_months, term.notice_days)
        told = f"{term.number:>3}  {term.start_on} – {term.end_on or '…'}"
        amount = "" if term.amount is None else _amount(term)
        rest = " · ".join(filter(None, (amount, _("notice {span}").format(span=notice)
                                        if notice else "", safe(term.note))))  # fmt: skip
        tone = "" if term.number == row.term else "muted"
        lines += wrapped(toned((f"{told}  {rest}".rstrip(), tone)), room, "", "     ")
    duties = [one for one in card.obligations if one.state == "open"]
    if duties:
        lines += [Content(), toned((_("Duties"), "strong"))]
    for duty in duties:
        cell = until(duty.due_on, today)
        told = f"  {safe(duty.title)} {safe(duty.owner)}".rstrip()
        lines += wrapped(toned(cell, (told, "")), room)
    return lines


def _amount(term: TermRow) -> str:
    every = _(words.EVERY[term.every]) if term.every else ""
    return f"{value(term).text} {every}".strip()


def _contract_facts(row: ContractRow, today: date) -> Iterator[tuple[str, Cell]]:
    over = row.state == words.ENDED
    yield N_("State"), look(CONTRACT_STATES[row.state])
    yield N_("Kind"), Cell(_(words.KINDS[row.kind]))
    yield N_("With"), Cell(safe(row.counterpart))
    yield N_("Owner"), Cell(safe(row.owner))
    yield N_("Reference"), Cell(safe(row.reference))
    every = f" {_(words.EVERY[row.every])}" if row.every else ""
    yield N_("Value"), Cell(f"{value(row).text}{every}".strip())
    yield N_("Signed"), Cell(str(row.signed_on or ""))
    yield N_("Start"), Cell(str(row.start_on))
    yield N_("End"), until(row.end_on, today, over=over)
    yield N_("Notice"), Cell(words.span(row.notice_months, row.notice_days))
    if row.notice_on:
        yield N_("Notice until"), until(row.notice_on, today, over=over)
    renewal = _(words.RENEWALS[row.renewal])
    if row.renewal_months:
        renewal += f", {words.span(row.renewal_months)}"
    yield N_("Renewal"), Cell(renewal)
    yield N_("Notice given"), Cell(str(row.terminated_on or ""))
    yield N_("Reason"), Cell(safe(row.reason))
    yield N_("Note"), Cell(safe(row.note))
