"""Assets by command: made, shown, changed, handed out and taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.doors import asset_records, output
from boconsole.doors.calls import Call
from boconsole.doors.commands.tickets import parse_assignments
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.assets.fields import Cost
    from boconsole.assets.writing import Done, Ref
    from boconsole.session import Session

PARTS = (
    "tag", "name", "serial", "model", "category", "condition", "place", "host", "supplier",
    "order_number", "bought", "warranty", "end_of_life", "note", "invoice", "fixed_asset",
    "organisation",
)  # fmt: skip
LIMIT = 50


def new(call: Call) -> Answer:
    """Add an asset."""
    from boconsole.assets import creating

    words = call.words
    given = _fields(words.changes)
    given |= {part: getattr(words, part) for part in PARTS if getattr(words, part) is not None}
    if words.cost is not None:
        given["cost"] = _cost(words.cost)
    session = call.session()
    state = str(given.pop("state", None) or words.state or "in_stock")
    made = creating.create(session, given, state)
    return shown(session, [made.id])


def list_assets(call: Call) -> Answer:
    """List assets that match a query."""
    from boconsole.assets import reading

    session, words = call.session(), call.words
    query = " ".join(words.query)
    if words.view:
        from boconsole import views

        query = f"{views.find(session, 'asset', words.view).query} {query}".strip()
    limit = _whole(words.limit, "limit") if words.limit else LIMIT
    wanted = reading.selection(session, query)
    most = min(limit, wanted.limit) if wanted.limit else limit
    page = reading.list_page(session, query, words.after or "", most)
    value = [asset_records.line_record(*each) for each in zip(page.rows, page.cursors, strict=True)]
    more = (_("More follow; see --limit and --after."),) if page.more else ()

    def text() -> str:
        if not page.rows:
            return _("Nothing.")
        return asset_records.lines_table(page.rows, wanted.columns)

    return Answer(value, text, more)


def count(call: Call) -> Answer:
    """Count assets that match a query."""
    from boconsole.assets import reading

    found = reading.count(call.session(), " ".join(call.words.query), 10_000_000)
    return Answer({"count": found.number}, str(found.number))


def show(call: Call) -> Answer:
    """Show an asset with who had it, its network, its relations and tickets."""
    from boconsole.assets import network, reading, relating, ticketing
    from boconsole.tickets.words import number

    session = call.session()
    ref = reading.find(session, call.words.tag)
    row = reading.get(session, ref.id)
    held = reading.holders_of(session, ref.id)
    related = relating.related(session, ref.id)
    tickets = ticketing.tickets_of(session, ref.id) if session.may("ticket.read") else []
    value = {
        **asset_records.record(row),
        "history": [asset_records.holding_record(each) for each in held],
        "interfaces": [
            {"name": each.row.name, "mac": each.row.mac or None,
             "addresses": [{"address": one.address, "host": one.host or None}
                           for one in each.addresses]}
            for each in network.interfaces(session, ref.id)
        ],
        "relations": [
            {"kind": each.kind, "tag": each.tag, "name": each.name} for each in related
        ],
        "tickets": [
            {"number": number(each.id), "subject": each.subject, "state": each.state}
            for each in tickets
        ],
    }  # fmt: skip
    return Answer(value, lambda: asset_records.page_text(row, session))


def edit(call: Call) -> Answer:
    """Change fields of an asset."""
    from boconsole.assets import changing

    session, given = call.session(), _fields(call.words.changes)
    done = changing.edit(session, [_seen(session, call)], given)
    return _done(session, done)


def check_out(call: Call) -> Answer:
    """Hand assets out."""
    from boconsole.assets import lending
    from boconsole.assets.lending import Terms

    session, words = call.session(), call.words
    terms = Terms(words.due or "", words.condition or "", words.accept, words.note or "")
    return _done(session, lending.check_out(session, _refs(session, words.tags), words.to, terms))


def check_in(call: Call) -> Answer:
    """Take assets back."""
    from boconsole.assets import lending

    session, words = call.session(), call.words
    done = lending.check_in(
        session, _refs(session, words.tags), condition=words.condition or "",
        place=words.place or "", note=words.note or "",
    )  # fmt: skip
    return _done(session, done)


def extend(call: Call) -> Answer:
    """Say anew when an asset is to come back."""
    from boconsole.assets import lending

    session = call.session()
    return _done(session, lending.extend(session, [_seen(session, call)], call.words.when))


def accept(call: Call) -> Answer:
    """Note that the holder took an asset over, or refused to."""
    from boconsole.assets import lending

    session = call.session()
    refs = _refs(session, call.words.tags)
    return _done(session, lending.accept(session, refs, accepted=not call.words.refused_by))


def state(call: Call) -> Answer:
    """Bring an asset into a state."""
    from boconsole.assets import changing

    session, words = call.session(), call.words
    done = changing.set_state(
        session, [_seen(session, call)], words.state, condition=words.condition or ""
    )
    return _done(session, done)


def undo(call: Call) -> Answer:
    """Take the last change of the one who asks back."""
    from boconsole.assets import undoing

    session = call.session()
    return _done(session, undoing.undo_last(session))


def history(call: Call) -> Answer:
    """Tell who had an asset."""
    from boconsole.assets import reading

    session = call.session()
    rows = reading.holders_of(session, reading.find(session, call.words.tag).id)

    def text() -> str:
        cells = [
            [output.local(value, session.zone) for value in
             (row.holder, row.from_at, row.until_at, row.expected_on, row.condition_out,
              row.condition_in, row.acceptance, row.given_by)]
            for row in rows
        ]  # fmt: skip
        headings = (_("Holder"), _("From"), _("Until"), _("Return"), _("Went"), _("Came"),
                    _("Accepted"), _("By"))  # fmt: skip
        return output.table(headings, cells) if cells else _("Nobody had it.")

    return Answer([asset_records.holding_record(row) for row in rows], text)


# Shared


def shown(session: "Session", ids: Sequence[int], notes: tuple[str, ...] = ()) -> Answer:
    """Answer with assets after a change: the records for programs, a line each for people."""
    from boconsole.assets import reading

    rows = [reading.get(session, key) for key in ids]
    value: object = [asset_records.record(row) for row in rows]
    if len(rows) == 1:
        value = asset_records.record(rows[0])

    def text() -> str:
        from boconsole.assets.words import STATE_TITLES

        lines = []
        for row in rows:
            parts = [row.tag, row.name, _(STATE_TITLES[row.state])]
            parts += [_("with {holder}").format(holder=row.holder)] if row.holder else []
            lines.append("  ".join(parts))
        return "\n".join(lines)

    return Answer(value, text, notes)


def _done(session: "Session", done: "Done") -> Answer:
    return shown(session, [asset.id for asset in done.assets])


def refs_of(session: "Session", words: Sequence[str]) -> "list[Ref]":
    """Return the assets of tags, serial numbers, host names or addresses."""
    from boconsole.assets import reading

    return [reading.find(session, word) for word in words]


_refs = refs_of


def _seen(session: "Session", call: Call) -> "Ref":
    from boconsole.assets import reading

    ref = reading.find(session, call.words.tag)
    wanted = getattr(call.words, "if_version", None)
    return ref if wanted is None else ref._replace(version=_whole(wanted, "if-version"))


def _fields(words: Sequence[str]) -> dict[str, object]:
    """Return `field=value` words; a cost is read with a point, whatever the language."""
    from boconsole.assets.words import field_name

    given: dict[str, object] = dict(parse_assignments(words))
    for key, value in given.items():
        if field_name(key) == "cost" and value:
            given[key] = _cost(str(value))
    return given


def _cost(text: str) -> "Cost":
    from boconsole.assets.fields import exact_cost

    return exact_cost(text)


def _whole(text: str, field: str) -> int:
    if text.isascii() and text.isdecimal() and 0 < int(text) < 2**31:
        return int(text)
    raise InvalidChangeError(field, _("{text!r} is no whole number").format(text=text[:20]))
