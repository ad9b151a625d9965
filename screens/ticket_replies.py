"""The form of a reply to the requester or of a note for colleagues, typed or begun by a macro."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.tickets import changing, macros, replying
from boconsole.tickets.macros import Macro
from boconsole.tickets.rows import Done, Ref, Versioned
from boconsole.tickets.transitions import possible
from screens import presence
from screens.cells import STATES
from screens.entries import Field
from screens.files import read_files
from screens.forms import Form, FormScreen
from screens.ticket_facts import FEATURE, number, told

PUBLIC, INTERNAL = "public", "internal"


class ReplyScreen(FormScreen):
    """A reply or a note; says to others at the ticket that somebody is writing.

    Args:
        form: What it is about.
        text: Put into the text at first, for example by a macro.
    """

    AUTO_FOCUS = "LongEntry"
    CSS_PATH = "styles/tickets.tcss"

    def __init__(self, form: Form, text: str = "") -> None:
        super().__init__(form)
        self._text = text
        self._heart = presence.Heart(self, form.record_id, "replying")

    def on_mount(self) -> None:
        """Fill in the text and tell others."""
        if self._text:
            self.rows["text"].text = self._text
        if self.form.record_id:
            self._heart.start()

    def on_unmount(self) -> None:
        """Tell others that the writing has ended."""
        self._heart.stop()


def reply_form(
    session: Session, row: Versioned, state: str, *, macro: Macro | None = None, text: str = ""
) -> ReplyScreen:
    """Return the form of a reply; with a macro it does what the macro does, with the text."""
    title = _("Reply to {number}").format(number=number(row.id))
    fields = [Field("text", N_("Text"), "long", required=True,
                    hint=N_("Markdown; ctrl+e opens the editor, ctrl+s sends."))]  # fmt: skip
    if macro is not None:
        kind = _("internal note") if macro.internal else _("public reply")
        title = f"{title}: {macro.name} ({kind})"
        fields[0] = Field("text", N_("Text"), "long", required=True, hint=_about(macro))
        save = partial(_apply, session, row, macro)
    else:
        fields += _reply_fields(state)
        save = partial(_reply, session, row)
    form = Form(
        "ticket.reply", title, fields, save, {"kind": PUBLIC, "state": ""}, row.id, row.version,
        said=told([row]), feature=FEATURE,
    )  # fmt: skip
    return ReplyScreen(form, text)


def _reply_fields(state: str) -> list[Field]:
    states = [(word, STATES[word].word) for word in possible(state)]
    return [
        Field("kind", N_("For"), "choice",
              choices=((PUBLIC, N_("the requester (public)")),
                       (INTERNAL, N_("colleagues only (internal note)")))),
        Field("state", N_("Then set it"), "choice", choices=(("", N_("as it is")), *states)),
        Field("until", N_("Opens again"), "moment", hint=N_("For pending: fri, +3d, 31/12 …")),
        Field("minutes", N_("Time spent"), "duration", hint=N_("45m, 1h 30m or 1:30")),
        Field("files", N_("Attach"), hint=N_("Paths of files with commas between them.")),
    ]  # fmt: skip


def _about(macro: Macro) -> str:
    changes = ", ".join(f"{field} = {value}" for field, value in macro.changes.items())
    sends = _("ctrl+s sends.")
    sets = _("It also sets: {changes}").format(changes=changes)
    return f"{sends} {sets}" if changes else sends


def _reply(session: Session, row: Versioned, values: Mapping[str, object], _version: int) -> Done:
    until = values.get("until")
    return replying.reply(
        session,
        row,
        str(values.get("text", "")),
        internal=values.get("kind") == INTERNAL,
        minutes=int(str(values.get("minutes") or 0)),
        state=str(values.get("state") or ""),
        until=until.isoformat() if hasattr(until, "isoformat") else "",
        files=read_files(session, str(values.get("files") or "")),
    )


def _apply(
    session: Session, row: Versioned, macro: Macro, values: Mapping[str, object], _version: int
) -> Done:
    return macros.apply(session, [Ref(row.id)], macro, text=str(values.get("text", "")))


def bulk_reply_form(
    session: Session, seen: Sequence[Versioned], done: Callable[[Done], None]
) -> FormScreen:
    """Return a form whose text goes to each of some tickets, as one operation."""
    fields = [
        Field("text", N_("Text"), "long", required=True,
              hint=N_("Markdown; the same text goes to each of them.")),
        _reply_fields("new")[0],
    ]  # fmt: skip

    def save(values: Mapping[str, object], _version: int) -> Done:
        field = "note" if values["kind"] == INTERNAL else "reply"
        return changing.edit(session, seen, {field: values["text"]})

    title = _("Reply to {count} tickets").format(count=len(seen))
    return FormScreen(
        Form("ticket.replies", title, fields, save, {"kind": INTERNAL},
             said=lambda _done: told(seen), saved=done, feature=FEATURE)
    )  # fmt: skip
