"""People and organisations: listed, shown, added, changed, merged, brought in and out."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call, has_terminal
from boconsole.doors.contact_arguments import KINDS
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext

if TYPE_CHECKING:
    from boconsole.contacts.words import Kind
    from boconsole.session import Session

DEFAULT_LIMIT, MOST = 50, 100_000


def _kind(call: Call) -> "Kind":
    verbs = [name for name in KINDS if hasattr(call.words, f"{name}_verb")]
    return KINDS[verbs[0]]  # type: ignore[return-value]  # one of both


def _find(call: Call, session: "Session", text: str) -> int:
    from boconsole.contacts import reading

    return reading.find(session, _kind(call), text)


# Reading


def list_contacts(call: Call) -> Answer:
    """List those that a query finds."""
    from boconsole.contacts import reading, words
    from db.keyset import CursorError

    kind, session = _kind(call), call.session()
    limit = _limit(call.words.limit)
    query = " ".join(call.words.query)
    try:
        page = reading.list_page(session, kind, query, call.words.after, limit)
    except CursorError as error:
        raise InvalidChangeError("after", str(error)) from error
    rows: list[reading.Line] = [*page.rows]
    value = [
        {"number": words.number(kind, row.id), **_without_id(row._asdict()), "cursor": cursor}
        for row, cursor in zip(rows, page.cursors, strict=True)
    ]

    def text() -> str:
        if not value:
            return _("Nobody matches.") if kind == "contact" else _("Nothing matches.")
        shown = (
            ("number", "name", "organisation", "email", "phone", "title")
            if kind == "contact"
            else ("number", "name", "kind", "people", "domain", "phone", "manager")
        )
        rows = [[str(each[field]) for field in shown] for each in value]
        return output.table([_(HEADINGS[field]) for field in shown], rows)

    notes = (_("next: --after {cursor}").format(cursor=page.cursors[-1]),) if page.more else ()
    return Answer(value, text, notes)


HEADINGS = {
    "number": "Number", "name": "Name", "organisation": "Organisation", "email": "Mail",
    "phone": "Telephone", "title": "Position", "kind": "Kind", "people": "People",
    "domain": "Mail domain", "manager": "Account manager",
}  # fmt: skip


def _without_id(row: Mapping[str, object]) -> dict[str, object]:
    return {field: value for field, value in row.items() if field != "id"}


def _limit(text: str) -> int:
    if not text:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST):
        raise InvalidChangeError("limit", _("{text!r} is no whole number").format(text=text[:20]))
    return int(text)


def show(call: Call) -> Answer:
    """Show one with all that belongs to it."""
    session = call.session()
    return _shown(call, session, _find(call, session, call.words.who))


def _shown(call: Call, session: "Session", record_id: int, told: str = "") -> Answer:
    """Return a card as the answer of a command, after a sentence of what was done."""
    from boconsole.contacts import exporting, reading

    value = exporting.record(reading.card(session, _kind(call), record_id))

    def text() -> str:
        pairs = [(name.replace("_", " "), _told(found)) for name, found in value.items()
                 if found not in ("", None, [], (), False)]  # fmt: skip
        return f"{told}\n{output.pairs(pairs)}" if told else output.pairs(pairs)

    return Answer(value, text)


def _told(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(
            " ".join(str(part) for name, part in each.items() if part and name != "id")
            for each in value
        )
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def list_duplicates(call: Call) -> Answer:
    """List who may be there twice."""
    from boconsole.contacts import duplicates

    kind = _kind(call)
    found = duplicates.find(call.session(), kind)
    value = []
    for twin in found:
        stays, goes = duplicates.numbers(kind, twin)
        value.append({"stays": stays, "name": twin.stays.name, "goes": goes,
                      "other": twin.goes.name, "reasons": list(twin.reasons)})  # fmt: skip

    def text() -> str:
        if not found:
            return _("Nobody is here twice, as far as mail, number and name tell.")
        rows = [
            (f"{each['stays']} {each['name']}", f"{each['goes']} {each['other']}",
             ", ".join(_(duplicates.REASONS[reason]) for reason in twin.reasons))
            for each, twin in zip(value, found, strict=True)
        ]  # fmt: skip
        return output.table((_("Stays"), _("Goes"), _("Because of")), rows)

    return Answer(value, text)


# Changing


def _given(call: Call) -> dict[str, object]:
    given: dict[str, object] = {}
    for word in call.words.changes:
        field, mark, value = word.partition("=")
        if not mark:
            raise InvalidChangeError("change", _("{word!r} is not field=value").format(word=word))
        given[field.strip().lower().replace("-", "_")] = value
    return given


def new(call: Call) -> Answer:
    """Add one."""
    from boconsole.contacts import changing

    session = call.session()
    row = changing.add(session, _kind(call), _given(call))
    return _shown(call, session, row.id)


def edit(call: Call) -> Answer:
    """Change fields."""
    from boconsole.contacts import changing
    from boconsole.contacts.changing import Ref

    session = call.session()
    ref = Ref(_find(call, session, call.words.who))
    changing.edit(session, _kind(call), ref, _given(call))
    return _shown(call, session, ref.id)


def archive(call: Call) -> Answer:
    """Put some aside."""
    return _archived(call, back=False)


def restore(call: Call) -> Answer:
    """Take some back into use."""
    return _archived(call, back=True)


def _archived(call: Call, *, back: bool) -> Answer:
    from boconsole.contacts import changing, words
    from boconsole.contacts.changing import Ref

    session, kind = call.session(), _kind(call)
    ids = [_find(call, session, who) for who in call.words.who]
    operation = changing.archive(session, kind, [Ref(each) for each in ids], back=back)
    numbers = [words.number(kind, each) for each in ids]
    told = ngettext("{n} is in use again.", "{n} are in use again.", len(ids)) if back else (
        ngettext("{n} is archived.", "{n} are archived.", len(ids))
    )  # fmt: skip
    return Answer({"numbers": numbers, "operation": operation or None}, told.format(n=len(ids)))


def undo(call: Call) -> Answer:
    """Take the last edit, archiving or merge back."""
    from boconsole.contacts import undoing, words

    kind = _kind(call)
    numbers = [words.number(kind, each) for each in undoing.undo_last(call.session(), kind)]
    told = _("{numbers}: the last change is taken back.")
    return Answer({"numbers": numbers}, told.format(numbers=", ".join(numbers)))


# What belongs to one


def reach(call: Call) -> Answer:
    """Add a further way to reach one."""
    from boconsole.contacts import changing
    from boconsole.contacts.changing import Ref

    words, session = call.words, call.session()
    found = _find(call, session, words.who)
    changing.add_channel(session, _kind(call), Ref(found), words.kind, words.value, words.label)
    return _shown(call, session, found)


def address(call: Call) -> Answer:
    """Add a postal address."""
    from boconsole.contacts import changing
    from boconsole.contacts.changing import Ref

    words, session = call.words, call.session()
    found = _find(call, session, words.who)
    changing.add_address(session, _kind(call), Ref(found), words.purpose, words.text)
    return _shown(call, session, found)


def note(call: Call) -> Answer:
    """Write something down about one."""
    from boconsole.contacts import changing
    from boconsole.contacts.changing import Ref

    session = call.session()
    found = _find(call, session, call.words.who)
    changing.add_note(session, _kind(call), Ref(found), call.words.text)
    return _shown(call, session, found)


def remove(call: Call) -> Answer:
    """Take a channel, an address or a note away."""
    from boconsole.contacts import changing
    from boconsole.contacts.changing import Ref

    words, session = call.words, call.session()
    if not (words.id.isascii() and words.id.isdecimal() and len(words.id) < 10):
        raise InvalidChangeError("id", _("{text!r} is no whole number").format(text=words.id[:20]))
    found = _find(call, session, words.who)
    changing.remove_part(session, _kind(call), Ref(found), words.part, int(words.id))
    return _shown(call, session, found)


# Merging


def merge(call: Call) -> Answer:
    """Make one part of another, or tell what that would keep."""
    from boconsole.contacts import merging
    from boconsole.contacts.changing import Ref

    words, session, kind = call.words, call.session(), _kind(call)
    goes, stays = (_find(call, session, who) for who in (words.goes, words.stays))
    take = [field.strip() for field in words.take.split(",") if field.strip()]
    if words.dry_run:
        found = merging.preview(session, kind, goes, stays)
        value = {
            "fields": [{"field": each.field, "stays": each.stays, "goes": each.goes,
                        "taken": each.from_goes or each.field in take} for each in found.sides],
            "moved": dict(found.moved),
        }  # fmt: skip
        rows = [(each.field, each.stays, each.goes,
                 _("goes") if each.from_goes or each.field in take else _("stays"))
                for each in found.sides]  # fmt: skip
        told = ", ".join(f"{name} {count}" for name, count in found.moved) or _("nothing")
        return Answer(
            value,
            lambda: output.table((_("Field"), _("Stays"), _("Goes"), _("Taken from")), rows)
            + "\n" + _("Goes along: {moved}").format(moved=told),
        )  # fmt: skip
    merging.merge(session, kind, Ref(goes), Ref(stays), take)
    return _shown(call, session, stays)


def unmerge(call: Call) -> Answer:
    """Part a merged one again."""
    from boconsole.contacts import merging, reading, words
    from boconsole.contacts.changing import Ref

    session, kind = call.session(), _kind(call)
    found = words.parse_number(kind, call.words.who) or _find(call, session, call.words.who)
    merging.unmerge(session, kind, Ref(reading.row(kind, found).id))
    return _shown(call, session, found)


def forget(call: Call) -> Answer:
    """Take away all that tells who a person was."""
    from boconsole.contacts import forgetting, reading, words
    from boconsole.contacts.changing import Ref

    session = call.session()
    found = _find(call, session, call.words.who)
    row = reading.row("contact", found)
    number = words.number("contact", found)
    if not call.words.yes:
        question = _("Forget {name} for good?").format(name=f"{number} {row.name}")
        if not has_terminal():
            raise InvalidChangeError("yes", _("is needed; nothing takes this back"))
        output.tell(f"{question} {_(forgetting.STAYS)}")
        if input(_("Do it? [y/N] ")).strip().lower() not in ("y", "yes", _("y"), _("yes")):
            return Answer({"number": number, "done": False}, _("Nothing was changed."))
    forgetting.forget(session, Ref(found, row.version))
    told = _("{number} is forgotten.").format(number=number)
    return Answer({"number": number, "done": True}, told, (_(forgetting.STAYS),))


# Files


def import_file(call: Call) -> Answer:
    """Take rows in from a file by a map."""
    from boconsole.contacts import importing
    from boconsole.doors.commands.files import import_answer
    from boconsole.doors.progress import Progress

    words, session, kind = call.words, call.session(), _kind(call)
    refused = Path(words.refused) if words.refused else None
    with Progress(_("Rows read")) as progress:
        if kind == "contact" and words.file.lower().endswith(".vcf") and not words.map:
            report = importing.import_vcards(
                session, Path(words.file), dry_run=words.dry_run, refused_path=refused,
                progress=progress,
            )  # fmt: skip
        elif not words.map:
            raise InvalidChangeError("map", _("is needed; only people in .vcf have none"))
        else:
            report = importing.import_file(
                session, kind, Path(words.file), Path(words.map), dry_run=words.dry_run,
                refused_path=refused, progress=progress,
            )  # fmt: skip
    return import_answer(report, _("added"), _("would be added"))


def export(call: Call) -> Answer:
    """Write those that match a query to a file."""
    from boconsole.contacts import exporting

    *query, name = call.words.words
    number = exporting.export(call.session(), Path(name), _kind(call), " ".join(query))
    told = ngettext("{n} row is in {path}.", "{n} rows are in {path}.", number)
    return Answer({"file": name, "rows": number}, told.format(n=number, path=name))
