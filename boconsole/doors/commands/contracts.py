"""Contracts by command: begun, listed, shown, renewed, terminated; their duties."""

from functools import partial
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors import registry_records as records
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.registry.contracts import Card, Contract

FIELDS = {
    "title": "title", "kind": "kind", "owner": "owner", "counterpart": "counterpart",
    "reference": "reference", "signed": "signed_on", "start": "start_on", "end": "end_on",
    "notice": "notice", "renewal": "renewal", "renewal_term": "renewal_term", "value": "value",
    "every": "every", "note": "note", "state": "state",
}  # fmt: skip
TERM = {name: name for name in ("months", "value", "every", "notice", "renewal", "note")}
DUTY = {"title": "title", "side": "side", "owner": "owner", "due": "due_on", "every": "every",
        "note": "note"}  # fmt: skip
MOST = 10_000


def new(call: Call) -> Answer:
    """Begin a contract."""
    from boconsole.doors.commands.projects import given_of
    from boconsole.registry import contracts

    given = given_of(call, FIELDS)
    if call.words.draft:
        given["state"] = "draft"
    return _told(contracts.create(call.session(), given), _("{number} is in the registry."))


def edit(call: Call) -> Answer:
    """Change a contract."""
    from boconsole.doors.commands.projects import given_of, version_of
    from boconsole.registry import contracts
    from boconsole.tickets.rows import Ref

    session = call.session()
    row = contracts.get(session, call.words.number).row
    done = contracts.edit(session, Ref(row.id, version_of(call)), given_of(call, FIELDS))
    return _told(done, _("{number} is kept."))


def renew(call: Call) -> Answer:
    """Let a contract go on for another term."""
    from boconsole.doors.commands.projects import given_of
    from boconsole.registry import contracts

    session = call.session()
    row = contracts.get(session, call.words.number).row
    done = contracts.renew(session, row, given_of(call, TERM))
    told = _("{number} goes on until {day} (term {n}).")
    return _told(done, told)


def terminate(call: Call) -> Answer:
    """Give notice of a contract."""
    from boconsole.registry import contracts

    words, session = call.words, call.session()
    row = contracts.get(session, words.number).row
    done = contracts.terminate(session, row, words.on, words.reason, by_agreement=words.agreed)
    return _told(done, _("{number} ends on {day}."))


def undo(call: Call) -> Answer:
    """Take back the last change."""
    from boconsole.registry import undoing

    done = undoing.undo_last(call.session())
    return Answer({"undone": done}, _("Undone: {numbers}").format(numbers=", ".join(done)))


def _told(contract: "Contract", sentence: str) -> Answer:
    row = contract.row
    told = sentence.format(number=contract.number, day=row.end_on or "-", n=row.term)
    return Answer(records.contract(row), told)


def list_contracts(call: Call) -> Answer:
    """List contracts."""
    from boconsole.doors.commands.projects import query_of
    from boconsole.registry import agreements
    from boconsole.registry.words import CONTRACT_STATES, RENEWALS, contract_number

    words, limit = call.words, 10_000
    words.limit = words.limit or str(limit)
    query, limit = query_of(call)
    session = call.session()
    rows = agreements.CONTRACTS.list_page(session, query, limit=limit).rows

    def text() -> str:
        cells = [
            (contract_number(row.id), _(CONTRACT_STATES[row.state]), row.title, row.counterpart,
             str(row.end_on or "-"), str(row.notice_on or "-"), _(RENEWALS[row.renewal]),
             str(row.term))
            for row in rows
        ]  # fmt: skip
        headings = (_("Number"), _("State"), _("Title"), _("With"), _("End"), _("Notice"),
                    _("Renewal"), _("Term"))  # fmt: skip
        if not cells:
            return _("No contract matches.")
        return output.fitted_table(headings, cells, output.terminal_width(), cut=2)

    return Answer([records.contract(row) for row in rows], text)


def show(call: Call) -> Answer:
    """Show a contract with its terms and duties."""
    from boconsole.registry import contracts

    session = call.session()
    found = contracts.card(session, contracts.get(session, call.words.number).id)
    return Answer(records.contract_card(found), lambda: _card_text(found))


def _card_text(found: "Card") -> str:
    from boconsole.registry.fields import value_text
    from boconsole.registry.words import CONTRACT_STATES, RENEWALS, contract_number, span

    row = found.row
    facts = [
        (_("Number"), contract_number(row.id)), (_("Title"), row.title),
        (_("State"), _(CONTRACT_STATES[row.state])), (_("With"), row.counterpart),
        (_("Owner"), row.owner), (_("Reference"), row.reference),
        (_("Value"), f"{value_text(row)} {row.every}"), (_("Start"), str(row.start_on)),
        (_("End"), str(row.end_on or "")), (_("Notice"), span(row.notice_months, row.notice_days)),
        (_("Notice until"), str(row.notice_on or "")), (_("Renewal"), _(RENEWALS[row.renewal])),
        (_("Reason"), row.reason), (_("Note"), row.note),
    ]  # fmt: skip
    told = output.pairs([(name, value) for name, value in facts if value.strip()])
    terms = output.table(
        (_("Term"), _("Start"), _("End"), _("Notice"), _("Value"), _("By"), _("Note")),
        [
            (str(each.number), str(each.start_on), str(each.end_on or "-"),
             span(each.notice_months, each.notice_days) or "-", records.amount(each) or "-",
             each.made_by, each.note)
            for each in found.terms
        ],
    )  # fmt: skip
    return f"{told}\n\n{terms}"


def expiring(call: Call) -> Answer:
    """List contracts that end, or of which notice is due, within some time."""
    from boconsole.ending import TITLES
    from boconsole.registry import ending
    from boconsole.registry.words import parse_span

    months, days = parse_span(call.words.within, "within")
    found = ending.expiring(call.session(), months * 30 + days)

    def text() -> str:
        cells = [(str(each.day), str(each.days), _(TITLES[each.what]), each.number, each.title,
                  each.about) for each in found]  # fmt: skip
        headings = (_("Ends"), _("Days"), _("What"), _("Number"), _("Name"), _("About"))
        return output.table(headings, cells, right=frozenset((1,))) if cells else _("Nothing.")

    return Answer([each._asdict() for each in found], text)


def duty(call: Call) -> Answer:
    """List duties, add one, or close one."""
    from boconsole.doors.commands.knowledge import whole
    from boconsole.doors.commands.projects import given_of
    from boconsole.registry import agreements, contracts, obligations
    from boconsole.registry.words import OBLIGATION_STATES, SIDES, contract_number
    from boconsole.tickets.rows import Ref

    words, session = call.words, call.session()
    contract = contracts.get(session, words.number).row if words.number else None
    if closed := words.done or words.drop:
        obligations.close(session, Ref(whole(closed, "done")), dropped=bool(words.drop))
    elif contract and (given := given_of(call, DUTY)):
        obligations.add(session, contract.id, given)
    if contract is not None:
        rows = obligations.of(session, contract.id)
    else:
        listed = partial(agreements.DUTIES.list_page, session, limit=MOST)
        rows = [row for query in ("state:open", "state:done,dropped") for row in listed(query).rows]

    def text() -> str:
        cells = [
            (str(row.id), str(row.due_on), _(OBLIGATION_STATES[row.state]), _(SIDES[row.side]),
             contract_number(row.contract_id), row.title, row.owner)
            for row in rows
        ]  # fmt: skip
        headings = (_("Id"), _("Due"), _("State"), _("Side"), _("Contract"), _("Title"),
                    _("Owner"))  # fmt: skip
        return output.table(headings, cells) if cells else _("Nothing.")

    return Answer([records.obligation(row) for row in rows], text)
