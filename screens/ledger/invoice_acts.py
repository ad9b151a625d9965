"""What is done to documents, in their lists and on an open one alike.

Forms and rules are imported when their key is pressed, so that the first list does not wait.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from boconsole import whole_files
from boconsole.invoices import documents, together
from boconsole.invoices.reading import Document
from boconsole.invoices.words import Side
from boconsole.language import N_, _, active_language, languages, ngettext
from boconsole.ledger.together import Ref
from boconsole.session import Session
from screens.actions import CHANGE, GO, SHOW, of_feature
from screens.dialogs import Choice, MenuDialog
from screens.file_prompts import ask_file
from screens.keys import LIST, Action, Reason
from screens.ledger.invoice_facts import FEATURE
from screens.ledger.record_acts import RecordActs

PAYMENT = "payment"
"""The feature of payments, as their changes are told."""
LANGUAGES = {"en": N_("English"), "id": N_("Indonesian")}


def document_actions(
    where: str, draft: Reason | None = None, issued: Reason | None = None
) -> tuple[Action, ...]:
    """Return the actions on documents, for a list or an open one.

    Args:
        where: They work.
        draft: Answers why what is done to drafts is impossible now.
        issued: The same for a credit note.
    """
    new, edit = of_feature("document", "new", "edit", where=where)
    return (
        new,
        replace(edit, rank=11, when=draft),
        Action("document.issue", N_("Issue"), ("I",), where, CHANGE, rank=12, short=N_("issue"),
               help=N_("Numbers and books it; an issued document never changes."), when=draft),
        Action("document.credit", N_("Credit note"), ("C",), where, CHANGE, rank=14,
               short=N_("credit"), help=N_("Prepares the credit note of an issued document."),
               when=issued),
        Action("document.pdf", N_("Write as PDF"), ("w",), where, SHOW, rank=15, short=N_("PDF")),
        Action("document.approve", N_("Approve"), ("A",), where, CHANGE,
               help=N_("A draft that somebody else prepared."), when=draft),
        Action("document.remove", N_("Delete the draft"), ("D",), where, CHANGE, when=draft),
        Action("document.address", N_("Address and tax number of the contact"), ("B",), where,
               CHANGE, help=N_("As documents print them from now on.")),
        Action("document.contact", N_("Open the contact"), ("@",), where, GO,
               help=N_("The page of the contact; [ comes back.")),
        Action("document.history", N_("What happened to it"), ("H",), where, SHOW, rank=20,
               short=N_("history")),
    )  # fmt: skip


class DocumentActs(RecordActs[Document]):
    """Answers the keys of `document_actions`.

    Attributes:
        SIDE: Of its documents.
    """

    FEATURE: ClassVar[str] = FEATURE
    NOTHING = N_("There is no document here; n makes one.")
    ONE_ONLY = N_("This works on one document at a time; clear the marks with esc.")
    SIDE: Side

    def number_of(self, record: Document) -> str:
        """Return its number."""
        return record.number

    def made(self, document: Document) -> None:
        """Show a document that was just made."""
        from screens.ledger.invoice import DocumentScreen

        self.app.push_screen(DocumentScreen(document.head.id, self.SIDE))

    # Answering keys

    def action_issue(self) -> None:
        """Ask, then issue, and tell of budgets that are passed."""

        def hints(session: Session, done: Sequence[Document]) -> list[str]:
            from boconsole.ledger import budget_hints

            return [hint for each in done
                    for hint in budget_hints.of_document(session, each.head.entry_id)]  # fmt: skip

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Issue {number}? It can never be changed after that.",
                                "Issue {n} drafts? They can never be changed after that.",
                                len(refs))  # fmt: skip
            issue = partial(self.act, refs, together.issue, _("{number} is issued."),
                            _("{n} documents are issued."), hints=hints, others=True)  # fmt: skip
            self.ask(question.format(number=refs[0].number, n=len(refs)), _("issue"), issue)

        self.on_some(ask)

    def action_approve(self) -> None:
        """Approve."""
        self.on_some(
            lambda refs: self.act(refs, together.approve, _("{number} is approved."),
                                  _("{n} documents are approved."))
        )  # fmt: skip

    def action_remove(self) -> None:
        """Ask, then throw drafts away."""

        def ask(refs: Sequence[Ref]) -> None:
            question = ngettext("Delete {number}?", "Delete {n} drafts?", len(refs))
            one = _("{number} is deleted; u brings it back.")
            many = _("{n} drafts are deleted; u brings them back.")
            remove = partial(self.act, refs, together.delete, one, many, self.gone)
            self.ask(question.format(number=refs[0].number, n=len(refs)), _("delete"), remove)

        self.on_some(ask)

    def action_undo(self) -> None:
        """Take back one's last edit or deletion of drafts."""
        self.change(self.taken_back, said=str)

    def taken_back(self) -> str:
        """Take it back and say what; blocks."""
        from boconsole.invoices import taking_back

        done = taking_back.undo_last(self.session)
        numbers = ", ".join(document.number for document in done)
        return _("{numbers} is as it was before.").format(numbers=numbers)

    def action_new(self) -> None:
        """Open the form of a new document."""
        from screens.ledger import invoice_form as forms

        def show(choices: Any) -> None:  # Any: Choices, imported with the form
            self.app.push_screen(forms.new_form(self.session, choices, self.SIDE, self.made))

        self.load(partial(forms.read_choices, self.session), show, group="ask")

    def action_edit(self) -> None:
        """Open the form of a draft."""
        from screens.ledger import invoice_form as forms

        def show(found: tuple[Any, documents.Whole]) -> None:
            choices, whole = found
            if reason := forms.why_not_typed(whole.document):
                self.app.say(reason, "warning")
            else:
                self.app.push_screen(forms.edit_form(self.session, choices, whole.document))

        def read(ref: Ref) -> tuple[Any, documents.Whole]:
            return forms.read_choices(self.session), documents.whole(self.session, ref.id)

        self.on_one(lambda ref: self.load(partial(read, ref), show, group="ask"))

    def action_credit(self) -> None:
        """Prepare the credit note of a document and open its form."""
        from boconsole.invoices import issuing

        def prepare(ref: Ref) -> None:
            self.change(
                lambda: issuing.credit(
                    self.session, documents.whole(self.session, ref.id).document
                ),
                said=_("A credit note over all of it is prepared; edit it or issue it."),
                touched=(ref.id,), done=self.made,
            )  # fmt: skip

        self.on_one(prepare)

    def action_address(self) -> None:
        """Open the form of what documents print of the contact."""
        from boconsole.invoices import partners
        from screens.ledger import invoice_form as forms

        def read(ref: Ref) -> Any:  # Any: what the form takes
            head = documents.whole(self.session, ref.id).document.head
            return partners.read(self.session, head.partner)

        def again(_saved: object) -> None:
            self.call_later(self.app.perform, "document.refresh")

        def show(found: Any) -> None:
            self.app.push_screen(forms.address_form(self.session, found, again))

        self.on_one(lambda ref: self.load(partial(read, ref), show, group="ask"))

    def action_contact(self) -> None:
        """Open the page of the contact."""
        from screens.contacts.jumping import jump

        def read(ref: Ref) -> str:
            return documents.whole(self.session, ref.id).document.head.partner

        def show(name: str) -> None:
            jump(self, "organisation", name)

        self.on_one(lambda ref: self.load(partial(read, ref), show, group="ask"))

    def action_history(self) -> None:
        """Show the audit trail of a document."""
        from screens.ledger.histories import show_history

        def show(ref: Ref) -> None:
            show_history(self, ref.number, partial(documents.trail, self.session, ref.id))

        self.on_one(show)

    # Paper

    def action_pdf(self) -> None:
        """Ask for language and file, then write the document as PDF."""
        self.on_one(self._ask_language)

    def _ask_language(self, ref: Ref) -> None:
        choices = [Choice(code, _(LANGUAGES.get(code, code))) for code in languages()]

        def take(language: str | None) -> None:
            if language:
                title = _("Write {number} to which file? (.pdf)").format(number=ref.number)
                name = f"{ref.number.replace('#', 'draft-')}.pdf"
                ask_file(self, title, name, partial(self._pdf_work, ref, language))

        title = _("In which language?")
        self.app.push_screen(MenuDialog(title, choices, current=active_language()), take)

    def _pdf_work(self, ref: Ref, language: str, path: str) -> Callable[[], str]:
        def work() -> str:
            from boconsole.invoices import printing

            whole_files.require_new(Path(path))
            pages = printing.write(self.session, str(ref.id), Path(path), language)
            told = ngettext("{n} page is in {path}.", "{n} pages are in {path}.", pages)
            return told.format(n=pages, path=path)

        return work


LIST_KEYS = document_actions(LIST)
