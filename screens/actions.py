"""The actions that all areas share, and the key of each verb.

A feature takes its record verbs from `of_feature`, so that `s` is the state and `a` the
assignee wherever there is one.
"""

from dataclasses import replace

from boconsole.language import N_
from screens.keys import FORM, GLOBAL, LIST, Action

GO, FIND, MARKS, CHANGE, SHOW, FORMS = (
    N_("Go"), N_("Find"), N_("Marks"), N_("Change"), N_("Show"), N_("Form"),
)  # fmt: skip

GLOBAL_ACTIONS = (
    Action(
        "app.help", N_("Show all keys that work here"), ("?", "ctrl+g", "f1"), GLOBAL, SHOW,
        rank=100, short=N_("help"),
    ),
    Action(
        "app.command", N_("Type a command"), (":",), GLOBAL, GO, rank=90, short=N_("command"),
        quiet=True, help=N_("An area, view NAME, an action, a record's number, or q."),
    ),
    Action("app.palette", N_("Search all commands"), ("ctrl+p",), GLOBAL, GO, quiet=True),
    Action("app.back", N_("Go back"), ("escape", "backspace"), GLOBAL, GO, quiet=True),
    Action("app.leave", N_("Go back, or quit"), ("q",), GLOBAL, GO, rank=80, short=N_("back/quit")),
    Action("app.earlier", N_("Go to the place before"), ("[", "ctrl+o"), GLOBAL, GO),
    Action("app.later", N_("Go to the place after"), ("]", "ctrl+i"), GLOBAL, GO),
    Action("app.messages", N_("Show the last messages"), (), GLOBAL, SHOW),
    Action("app.repaint", N_("Draw the screen again"), ("ctrl+l",), GLOBAL, SHOW),
    Action("app.theme", N_("Choose a theme"), (), GLOBAL, SHOW),
    Action("app.exit", N_("Quit"), ("ctrl+q",), GLOBAL, GO),
)  # fmt: skip

LIST_ACTIONS = (
    Action("list.open", N_("Open"), ("enter",), LIST, GO, rank=1, short=N_("open"), quiet=True),
    Action("list.down", N_("Next row"), ("j", "down"), LIST, GO, quiet=True),
    Action("list.up", N_("Row before"), ("k", "up"), LIST, GO, quiet=True),
    Action("list.page-down", N_("Next page"), ("pagedown", "ctrl+f"), LIST, GO, quiet=True),
    Action("list.page-up", N_("Page before"), ("pageup", "ctrl+b"), LIST, GO, quiet=True),
    Action("list.top", N_("First row"), ("g", "home"), LIST, GO, quiet=True),
    Action("list.bottom", N_("Last row"), ("G", "end"), LIST, GO, quiet=True),
    Action(
        "list.filter", N_("Filter the list"), ("/",), LIST, FIND, rank=2, short=N_("filter"),
        help=N_("Words and terms such as status:open prio>=high; esc clears."),
    ),
    Action("list.views", N_("Choose a view"), ("v",), LIST, FIND, rank=40, short=N_("views")),
    Action("list.sort", N_("Sort by"), ("o",), LIST, FIND, rank=42, short=N_("sort")),
    Action("list.mark", N_("Mark the row"), ("space",), LIST, MARKS, rank=30, short=N_("mark")),
    Action("list.mark-all", N_("Mark all that match"), ("*",), LIST, MARKS),
    Action("list.columns", N_("Choose columns"), ("|",), LIST, SHOW),
    Action("list.preview", N_("Preview on or off"), ("p",), LIST, SHOW),
    Action("list.refresh", N_("Read again"), ("r",), LIST, SHOW),
    Action("list.copy", N_("Copy"), ("y",), LIST, SHOW, help=N_("Marked rows, or this one.")),
    Action("list.export", N_("Export what is shown"), ("x",), LIST, SHOW),
    Action("list.undo", N_("Undo the last change"), ("u",), LIST, CHANGE, rank=50,
           short=N_("undo")),
)  # fmt: skip

RECORD_ACTIONS = (
    Action("record.new", N_("New"), ("n",), LIST, CHANGE, rank=10, short=N_("new")),
    Action("record.edit", N_("Edit"), ("e",), LIST, CHANGE, rank=16, short=N_("edit")),
    Action("record.state", N_("Change the state"), ("s",), LIST, CHANGE, rank=12,
           short=N_("state")),
    Action("record.assign", N_("Assign"), ("a",), LIST, CHANGE, rank=13, short=N_("assign")),
    Action("record.tags", N_("Change tags"), ("t",), LIST, CHANGE, rank=20, short=N_("tags")),
    Action("record.macro", N_("Run a macro"), ("m",), LIST, CHANGE, rank=18, short=N_("macro")),
    Action("record.comment", N_("Comment or reply"), ("c",), LIST, CHANGE, rank=11,
           short=N_("reply")),
)  # fmt: skip

FORM_ACTIONS = (
    Action("form.save", N_("Save"), ("ctrl+s",), FORM, FORMS, rank=1, short=N_("save")),
    Action("form.cancel", N_("Leave without saving"), ("escape", "ctrl+o"), FORM, FORMS,
           rank=2, short=N_("cancel")),
    Action("form.help", N_("Show the keys of this form"), ("ctrl+g", "f1"), FORM, FORMS,
           rank=100, short=N_("help")),
)  # fmt: skip


def of_feature(feature: str, *verbs: str, where: str = LIST) -> tuple[Action, ...]:
    """Return the shared record verbs under a feature's name: `ticket.assign` on `a`."""
    shared = {action.verb: action for action in RECORD_ACTIONS}
    return tuple(replace(shared[verb], id=f"{feature}.{verb}", where=where) for verb in verbs)
