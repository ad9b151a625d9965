"""The forms of documents, contracts, duties and classes, and the questions of holds and reviews."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from boconsole.errors import InvalidChangeError
from boconsole.filing import File
from boconsole.language import N_, _
from boconsole.registry import (
    agreed,
    classes,
    contracts,
    destroying,
    fields,
    obligations,
    reading,
    retaining,
    reviewing,
    words,
    writing,
)
from boconsole.registry.classes import ClassRow, Node
from boconsole.registry.contracts import Contract, ContractRow
from boconsole.registry.destroying import Destruction
from boconsole.registry.reading import Document, DocumentRow
from boconsole.session import Session
from boconsole.tickets import choosing
from boconsole.tickets.rows import Ref
from screens import paths
from screens.entries import Field, Suggestion
from screens.files import read_files
from screens.forms import Form, FormScreen, draft_of
from screens.project_forms import accounts, days_of, nothing
from screens.reach import REMOTE
from screens.registry.facts import CONTRACT, DOCUMENT

Saved = Callable[[Any], None]  # Any: what the operation answers
Given = Mapping[str, object]


def _sides(session: Session, start: str) -> list[Suggestion]:
    return [Suggestion(*one) for one in choosing.organisations(session, start)]


def _classes(start: str) -> list[Suggestion]:
    return [Suggestion(*one) for one in classes.labels(start, 5)]


def _facts(session: Session) -> list[Field]:
    return [
        Field("title", N_("Title"), required=True),
        Field("class", N_("Class"), suggest=_classes, hint=N_("A code such as 2.1; :classes.")),
        Field("level", N_("Level"), "choice", required=True, choices=list(words.LEVELS.items())),
        Field("owner", N_("Owner"), suggest=partial(accounts, session)),
        Field("readers", N_("Readers"), hint=N_("Logins who read it whatever its level.")),
        Field("counterpart", N_("With"), suggest=partial(_sides, session),
              hint=N_("An organisation, CON-12, or a mail address.")),
        Field("contract", N_("Contract"), hint=N_("Such as CTR-0001.")),
        Field("reference", N_("Reference"), hint=N_("What others call it.")),
        Field("value", N_("Value"), hint=N_("Such as 1200 USD.")),
        Field("dated_on", N_("Date"), "date"),
        Field("expires_on", N_("Until"), "moment", hint=N_("Its last day.")),
        Field("review_on", N_("Look again"), "moment"),
        Field("tags", N_("Tags"), hint=N_("With commas between them.")),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip


Add = Callable[[Given, File | None], Any]  # Any: the document, or how it is told at a record


def new_document(session: Session, saved: Saved) -> FormScreen:
    """Return the form of a new document."""
    return document_at(session, partial(writing.create, session), saved)


def document_at(session: Session, add: Add, saved: Saved, *place: object) -> FormScreen:
    """Return the form of a new document, which `add` keeps in its place: a record, or nowhere."""
    here = session.origin not in REMOTE
    file = Field("file", N_("File"), hint=N_("A path on your machine; tab completes it."),
                 path=here, suggest=paths.suggest if here else None)  # fmt: skip

    def save(given: Given, _version: int) -> object:
        typed = days_of(session, given)
        found = read_files(session, str(typed.pop("file", None) or ""))
        if len(found) > 1:
            raise InvalidChangeError("file", _("is one; add more as versions"))
        if not typed.get("title") and found:
            typed.pop("title", None)
        return add(typed, found[0] if found else None)

    values = {"level": words.INTERNAL, "owner": session.user.login}
    title, *rest = _facts(session)
    title = replace(title, required=False, hint=N_("Empty: the name of the file."))
    return FormScreen(
        Form(draft_of("document.new", *place), _("New document"), [title, file, *rest], save,
             values, said=lambda made: _("{number} is in the registry.").format(number=made.number),
             saved=saved, feature=DOCUMENT)
    )  # fmt: skip


def edit_document(session: Session, row: DocumentRow, saved: Saved = nothing) -> FormScreen:
    """Return the form of a document."""

    def save(given: Given, version: int) -> Document:
        return writing.edit(session, Ref(row.id, version), days_of(session, given))

    number = words.number(row.id)
    return FormScreen(
        Form("document.edit", _("Edit {number}").format(number=number), _facts(session), save,
             fields.told_of(row), row.id, row.version,
             said=_("{number} is kept.").format(number=number), saved=saved, feature=DOCUMENT)
    )  # fmt: skip


def _short(
    title: str, name: str, about: Sequence[object], listed: Sequence[Field],
    save: Callable[[Given, int], object], said: str | Callable[[Any], str], feature: str,
    values: Given | None = None, saved: Saved = nothing,
) -> FormScreen:  # fmt: skip
    return FormScreen(Form(draft_of(name, *about), title, list(listed), save, dict(values or {}),
                           said=said, saved=saved, feature=feature))  # fmt: skip


def submit(session: Session, seen: Sequence[Ref], title: str) -> FormScreen:
    """Return the form that hands documents over to reviewers."""

    def save(given: Given, _version: int) -> object:
        return reviewing.submit(session, seen, str(given["reviewers"]),
                                in_order=bool(given.get("in_order")))  # fmt: skip

    listed = [
        Field("reviewers", N_("Reviewers"), required=True,
              hint=N_("Logins with commas; nobody who wrote it.")),
        Field("in_order", N_("In order"), "switch", hint=N_("One after the other.")),
    ]  # fmt: skip
    return _short(_("Who approves {what}?").format(what=title), "document.submit",
                  [one.id for one in seen], listed, save, _("It waits for its reviewers."),
                  DOCUMENT, {"in_order": False})  # fmt: skip


def hold(session: Session, seen: Sequence[Ref], title: str) -> FormScreen:
    """Return the form that puts documents under a legal hold."""

    def save(given: Given, _version: int) -> object:
        typed = days_of(session, given)
        return retaining.hold(session, seen, str(typed["matter"]), str(typed["reason"]),
                              typed.get("until"))  # fmt: skip

    listed = [
        Field("matter", N_("Matter"), required=True, hint=N_("The case, such as Acme 2026-14.")),
        Field("reason", N_("Reason"), required=True),
        Field("until", N_("Until"), "moment", hint=N_("Empty: until somebody releases it.")),
    ]  # fmt: skip
    return _short(_("Legal hold on {what}").format(what=title), "document.hold",
                  [one.id for one in seen], listed, save,
                  _("It is held: nobody destroys it."), DOCUMENT)  # fmt: skip


def keep(session: Session, row: DocumentRow) -> FormScreen:
    """Return the form that keeps a document longer than its rule says."""

    def save(given: Given, _version: int) -> Document:
        typed = days_of(session, given)
        return retaining.keep_until(session, Ref(row.id), typed["until"], str(typed["reason"]))

    listed = [
        Field("until", N_("Until"), "moment", required=True),
        Field("reason", N_("Reason"), required=True),
    ]
    number = words.number(row.id)
    return _short(_("Keep {number} longer").format(number=number), "document.keep", [row.id],
                  listed, save, _("{number} is kept.").format(number=number), DOCUMENT)  # fmt: skip


def propose(session: Session, seen: Sequence[Ref], saved: Saved = nothing) -> FormScreen:
    """Return the form that proposes to destroy documents."""

    def save(given: Given, _version: int) -> Destruction:
        return destroying.propose(session, seen, str(given["reason"]))

    def said(made: Destruction) -> str:
        return _("{number} waits for a second person.").format(number=made.number)

    listed = [Field("reason", N_("Reason"), required=True)]
    title = _("Destroy {n} documents").format(n=len(seen))
    return _short(title, "document.propose", [one.id for one in seen], listed, save, said,
                  words.DESTRUCTION, saved=saved)  # fmt: skip


# Contracts


def _terms(session: Session) -> list[Field]:
    return [
        Field("title", N_("Title"), required=True),
        Field("kind", N_("Kind"), "choice", required=True, choices=list(words.KINDS.items())),
        Field("counterpart", N_("With"), suggest=partial(_sides, session),
              hint=N_("An organisation, CON-12, or a mail address.")),
        Field("owner", N_("Owner"), suggest=partial(accounts, session)),
        Field("start_on", N_("Start"), "date", required=True),
        Field("end_on", N_("End"), "moment", hint=N_("Its last day; empty: until notice.")),
        Field("notice", N_("Notice"), hint=N_("How long before its end, such as 3m or 90d.")),
        Field("renewal", N_("Renewal"), "choice", required=True,
              choices=list(words.RENEWALS.items())),
        Field("renewal_term", N_("Next term"), hint=N_("How long it is, such as 1y.")),
        Field("value", N_("Value"), hint=N_("Such as 1200 USD.")),
        Field("every", N_("Value is"), "choice", choices=list(words.EVERY.items())),
        Field("reference", N_("Reference"), hint=N_("What others call it.")),
        Field("signed_on", N_("Signed"), "date"),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip


def new_contract(session: Session, saved: Saved) -> FormScreen:
    """Return the form of a new contract."""

    def save(given: Given, _version: int) -> Contract:
        return contracts.create(session, days_of(session, given))

    values = {"kind": "service", "renewal": "none", "owner": session.user.login,
              "start_on": reading.today(session)}  # fmt: skip
    return _short(
        _("New contract"), "contract.new", (), _terms(session), save,
        lambda made: _("{number} is in the registry.").format(number=made.number), CONTRACT,
        values, saved,
    )  # fmt: skip


def edit_contract(session: Session, row: ContractRow) -> FormScreen:
    """Return the form of a contract and its last term."""

    def save(given: Given, version: int) -> Contract:
        return contracts.edit(session, Ref(row.id, version), days_of(session, given))

    told = agreed.told_of(row)
    values = {one.name: told[one.name] for one in _terms(session)}
    number = words.contract_number(row.id)
    return FormScreen(
        Form("contract.edit", _("Edit {number}").format(number=number), _terms(session), save,
             values, row.id, row.version,
             said=_("{number} is kept; u undoes it.").format(number=number), saved=nothing,
             feature=CONTRACT)
    )  # fmt: skip


def renew(session: Session, row: ContractRow) -> FormScreen:
    """Return the form of the next term of a contract."""

    def save(given: Given, _version: int) -> Contract:
        return contracts.renew(session, Ref(row.id, row.version), given)

    def said(done: Contract) -> str:
        return _("{number} goes on until {day} (term {n}); u undoes it.").format(
            number=done.number, day=done.row.end_on, n=done.row.term
        )

    listed = [
        Field("months", N_("How long"), required=True, hint=N_("Such as 1y or 18m.")),
        Field("value", N_("Value"), hint=N_("Such as 1200 USD.")),
        Field("notice", N_("Notice"), hint=N_("How long before its end, such as 3m or 90d.")),
        Field("note", N_("Note"), hint=N_("Of this term.")),
    ]  # fmt: skip
    told = agreed.told_of(row)
    months = words.span(row.renewal_months) or "1y"
    values = {"months": months, "value": told["value"], "notice": told["notice"]}
    title = _("Renew {number} from {day} on").format(
        number=words.contract_number(row.id), day=contracts.next_start(row) or "-"
    )
    return _short(title, "contract.renew", [row.id], listed, save, said, CONTRACT, values)


def terminate(session: Session, row: ContractRow) -> FormScreen:
    """Return the form that gives notice of a contract."""

    def save(given: Given, _version: int) -> Contract:
        typed = days_of(session, given)
        return contracts.terminate(
            session, Ref(row.id, row.version), typed.get("end_on"), str(typed["reason"]),
            by_agreement=bool(typed.get("agreed")),
        )  # fmt: skip

    def said(done: Contract) -> str:
        return _("{number} ends on {day}; u undoes it.").format(
            number=done.number, day=done.row.end_on
        )

    earliest = contracts.earliest_end(row, reading.today(session))
    listed = [
        Field("end_on", N_("Last day"), "moment",
              hint=N_("Empty: the earliest that the terms allow.")),
        Field("reason", N_("Reason"), required=True),
        Field("agreed", N_("Agreed"), "switch",
              hint=N_("The other side agrees, or there is a cause.")),
    ]  # fmt: skip
    title = _("Terminate {number}").format(number=words.contract_number(row.id))
    values = {"end_on": earliest, "agreed": False}
    return _short(title, "contract.terminate", [row.id], listed, save, said, CONTRACT, values)


def new_duty(session: Session, contract: ContractRow) -> FormScreen:
    """Return the form of a duty of a contract."""

    def save(given: Given, _version: int) -> object:
        return obligations.add(session, contract.id, days_of(session, given))

    listed = [
        Field("title", N_("Title"), required=True),
        Field("side", N_("Whose"), "choice", required=True, choices=list(words.SIDES.items())),
        Field("owner", N_("Owner"), suggest=partial(accounts, session)),
        Field("due_on", N_("Due"), "moment", required=True),
        Field("every", N_("Again after"), hint=N_("Such as 3m; empty for once.")),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip
    title = _("Duty of {number}").format(number=words.contract_number(contract.id))
    values = {"side": "ours", "owner": contract.owner}
    return _short(title, "contract.duty", [contract.id], listed, save, _("The duty is kept."),
                  CONTRACT, values)  # fmt: skip


# Classes


def _class_fields() -> list[Field]:
    return [
        Field("code", N_("Code"), required=True),
        Field("name", N_("Name"), required=True),
        Field("parent", N_("Class above"), suggest=_classes),
        Field("keep", N_("Kept"), hint=N_("Such as 10y; forever; empty: as the class above.")),
        Field("keep_from", N_("From"), "choice", choices=list(words.DATES.items())),
        Field("keep_then", N_("Then"), "choice", choices=list(words.THEN.items())),
        Field("keep_why", N_("Why"), hint=N_("The law or policy.")),
    ]  # fmt: skip


def new_class(session: Session, above: str) -> FormScreen:
    """Return the form of a new class."""

    def save(given: Given, _version: int) -> ClassRow:
        return classes.create(session, given)

    return _short(_("New class"), "document_class.new", [above], _class_fields(), save,
                  _("The class is kept."), words.CLASS, {"parent": above})  # fmt: skip


def edit_class(session: Session, node: Node, above: str) -> FormScreen:
    """Return the form of a class."""
    row = node.row

    def save(given: Given, _version: int) -> ClassRow:
        rule = {name: values[name] for name in ("keep", "keep_from", "keep_then")}
        changed = given.keys() & rule.keys()
        return classes.edit(session, row.code, {**(rule if changed else {}), **given})

    values: dict[str, object] = {
        "code": row.code, "name": row.name, "parent": above, "keep": classes.keep_text(row),
        "keep_from": row.keep_from, "keep_then": row.keep_then, "keep_why": row.keep_why,
    }  # fmt: skip
    return FormScreen(
        Form("document_class.edit", _("Edit {number}").format(number=row.code), _class_fields(),
             save, values, row.id, row.version, said=_("The class is kept."), saved=nothing,
             feature=words.CLASS)
    )  # fmt: skip
