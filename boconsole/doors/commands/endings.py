"""The calendar of what ends, by command."""

from datetime import timedelta

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.licences import whole
from boconsole.doors.output import Answer
from boconsole.language import _


def list_endings(call: Call) -> Answer:
    """List what ends from today on."""
    from boconsole import ending
    from boconsole.filters import whole as registers

    session = call.session()
    today = session.now().astimezone(session.zone).date()
    days = min(whole(call.words.days, "days"), ending.AHEAD)
    rows = ending.between(session, today, today + timedelta(days=days))
    found = registers.select(session, ending.ENDINGS, " ".join(call.words.query), rows)

    def text() -> str:
        cells = [
            (str(each.day), str(each.days), _(ending.TITLES[each.what]), each.number, each.title,
             each.about)
            for each in found
        ]  # fmt: skip
        headings = (_("Ends"), _("Days"), _("What"), _("Number"), _("Name"), _("About"))
        return output.table(headings, cells, right=frozenset((1,))) if cells else _("Nothing.")

    return Answer([each._asdict() for each in found], text)
