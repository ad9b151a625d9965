"""The form of a reply to the requester or of a note for colleagues, typed or begun by a macro."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.tickets import changing, macros, replying
from boconsole.tickets.macros import Macro
from boconsole.tickets.rows import Done, Ref, Versioned
from boconsole.tickets.transitions import possible
from screens import presence
from screens.actions import FORMS
from screens.cells import STATES, safe
from screens.dialogs import Choice, MenuDialog
from screens.entries import Field
from screens.files import read_files
from screens.forms import Form, FormScreen, draft_of
from screens.keys import FORM, Action
from screens.ticket_facts import FEATURE, number, told
from screens.widgets.fields import LongEntry

PUBLIC, INTERNAL = "public", "internal"


def _no_quotes(screen: ReplyScreen) -> str:
    if screen.quoted is None:
        return _("A macro brings its own text; quote articles in a plain reply.")
    if "knowledge.read" not in screen.session.permissions:
        return _("You may not read articles; an administrator gives the permission.")
    return ""


class ReplyScreen(FormScreen):
    """A reply or a note; says to others at the ticket that somebody is writing.

    Args:
        form: What it is about.
        text: Put into the text at first, for example by a macro.
        quoted: Takes the articles that are quoted; None where none can be.
    """

    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("form.quote", N_("Quote an article"), ("ctrl+r",), FORM, FORMS, rank=3,
               short=N_("quote"), when=_no_quotes),
    )  # fmt: skip

    AUTO_FOCUS = "LongEntry"
    CSS_PATH = "styles/tickets.tcss"

    def __init__(self, form: Form, text: str = "", quoted: list[int] | None = None) -> None:
        super().__init__(form)
        self.quoted = quoted
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

    # Quoting

    def action_quote(self) -> None:
        """Choose an article that is linked to the ticket, or may help."""

        def read() -> list[Choice]:
            from boconsole.knowledge import proposing, reading

            uses = reading.of_ticket(self.session, self.form.record_id)
            rows = [reading.get(self.session, use.article_id).row for use in uses]
            rows += proposing.for_ticket(self.session, self.form.record_id)
            return [Choice(str(row.id), f"KB-{row.id} {safe(row.title)} ({_(row.audience)})")
                    for row in rows if row.published]  # fmt: skip

        self.load(read, self._choose, group="ask")

    def _choose(self, choices: list[Choice]) -> None:
        if not choices:
            self.app.say(_("No article fits this ticket; b on the ticket links one by its number."))
            return

        def take(chosen: str | None) -> None:
            if chosen:
                self._quote(int(chosen))

        self.app.push_screen(MenuDialog(_("Quote which article?"), choices), take)

    def _quote(self, article_id: int) -> None:
        from boconsole.knowledge import using

        internal = self.rows["kind"].text == INTERNAL
        work = partial(using.quotation, self.session, article_id, internal=internal)

        def put(text: str) -> None:
            entry = self.rows["text"].entry
            if isinstance(entry, LongEntry) and self.quoted is not None:
                self.quoted.append(article_id)
                entry.insert(text)

        self.load(work, put, group="ask")


def reply_form(
    session: Session, row: Versioned, state: str, *, macro: Macro | None = None, text: str = ""
) -> ReplyScreen:
    """Return the form of a reply; with a macro it does what the macro does, with the text."""
    title = _("Reply to {number}").format(number=number(row.id))
    quoted: list[int] | None = None
    fields = [Field("text", N_("Text"), "long", required=True,
                    hint=N_("Markdown; ctrl+e opens the editor, ctrl+s sends."))]  # fmt: skip
    if macro is not None:
        kind = _("internal note") if macro.internal else _("public reply")
        title = f"{title}: {macro.name} ({kind})"
        fields[0] = Field("text", N_("Text"), "long", required=True, hint=_about(macro))
        save = partial(_apply, session, row, macro)
    else:
        fields += _reply_fields(state)
        quoted = []
        save = partial(_reply, session, row, quoted)
    form = Form(
        draft_of("ticket.reply", *([macro.name] if macro else ())), title, fields, save,
        {"kind": PUBLIC, "state": ""}, row.id, row.version, said=told([row]), feature=FEATURE,
    )  # fmt: skip
    return ReplyScreen(form, text, quoted)


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


def _reply(
    session: Session,
    row: Versioned,
    quoted: Sequence[int],
    values: Mapping[str, object],
    _version: int,
) -> Done:
    until, text = values.get("until"), str(values.get("text", ""))
    left = [key for key in dict.fromkeys(quoted) if re.search(rf"\bKB-{key}\b", text)]
    send = replying.reply
    if left:
        from boconsole.knowledge import using

        send = partial(using.reply, quoted=left)
    return send(
        session,
        row,
        text,
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
        Form(draft_of("ticket.replies", *(one.id for one in seen)), title, fields, save,
             {"kind": INTERNAL}, said=lambda _done: told(seen), saved=done, feature=FEATURE)
    )  # fmt: skip
