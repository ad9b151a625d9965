"""What machines say of themselves, by command: compared, saved, and the log of changes."""

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.assets import LIMIT, _whole
from boconsole.doors.output import Answer
from boconsole.language import _


def inventory(call: Call) -> Answer:
    """Compare the output of a program with an asset; save the differences when asked to."""
    from boconsole.assets import reading
    from boconsole.assets.inventory import saving
    from boconsole.assets.inventory.parts import KIND_TITLES
    from boconsole.assets.inventory.reading import read
    from boconsole.doors.files import read_stdin

    session, words = call.session(), call.words
    ref = reading.find(session, words.tag)
    found = read(read_stdin())
    without = {_whole(number, "without") for number in words.without}
    care = saving.warning(session, ref.id, found)
    saves = words.save and not words.dry_run
    if saves:
        differences = saving.save(session, ref.id, found, without)
    else:
        differences = saving.compare(session, ref.id, found)
    lines = [each.line for each in differences]
    value = {
        "program": found.program,
        "saved": saves,
        "differences": [
            {"kind": kind, "component": slot, "old": old or None, "new": new or None}
            for kind, slot, old, new in lines
        ],
    }

    def text() -> str:
        if not lines:
            return _("Nothing differs.")
        cells = [
            [str(number), _(KIND_TITLES[kind]), slot, old or "-", new or "-"]
            for number, (kind, slot, old, new) in enumerate(lines, 1)
        ]
        return output.table((_("Line"), _("Kind"), _("Component"), _("Before"), _("After")), cells)

    notes: tuple[str, ...] = (care,) if care else ()
    if lines and not saves:
        notes += (_("Nothing is saved; --save does, --without N leaves a line out."),)
    return Answer(value, text, notes)


def changes(call: Call) -> Answer:
    """List what was changed in machines."""
    from boconsole.assets.inventory import changes as log
    from boconsole.assets.inventory.parts import KIND_TITLES

    session, words = call.session(), call.words
    limit = _whole(words.limit, "limit") if words.limit else LIMIT
    page = log.list_page(session, " ".join(words.query), words.after or "", limit)
    value = [
        {"asset": row.tag, "at": row.at.isoformat(), "who": row.who, "kind": row.kind,
         "component": row.component, "old": row.old or None, "new": row.new or None,
         "cursor": cursor}
        for row, cursor in zip(page.rows, page.cursors, strict=True)
    ]  # fmt: skip

    def text() -> str:
        cells = [
            [output.local(row.at, session.zone), row.tag, row.who,
             _(KIND_TITLES[row.kind]), row.component, row.old or "-", row.new or "-"]
            for row in page.rows
        ]  # fmt: skip
        headings = (_("When"), _("Tag"), _("By"), _("Kind"), _("Component"), _("Before"),
                    _("After"))  # fmt: skip
        return output.table(headings, cells) if cells else _("Nothing.")

    more = (_("More follow; see --limit and --after."),) if page.more else ()
    return Answer(value, text, more)
