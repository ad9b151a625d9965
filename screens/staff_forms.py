"""The forms of people: hiring, editing, and one for every kind of dated fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from boconsole.checklists import moves
from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff import changing, departments, finding, personal, typed, words
from boconsole.staff.changing import NewFact
from boconsole.staff.dated import EMPLOYED, Standing
from boconsole.staff.finding import EmployeeRow
from screens.dialogs import Choice, MenuDialog
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.shell import ShellScreen
from screens.staff_facts import FEATURE, FIELD_TITLES

Saved = Callable[[Any], None]  # Any: what the operation answers
Given = Mapping[str, object]
OWN = ("name", "email", "phone", "user", "language", "sort_as", "contact")
HINTS = {
    "user": N_("The login by which the person sees the own record."),
    "sort_as": N_("Such as lee ann; empty takes the name."),
    "contact": N_("CON-0012 or a mail address of a contact."),
    "manager": N_("EMP-0007, a name or a mail address."),
    "week": N_("Of each day from Monday on, such as 8 8 8 8 4."),
    "region": N_("Of the country, for its holidays, such as BY."),
    "amount": N_("With its currency, such as 8000000 IDR."),
    "account": N_("An IBAN is checked; anything else is kept as typed."),
    "details": N_("name=value, one on each line; the rule set reads them."),
    "tax_status": N_("As the rule set has it, such as TK/0 or K/1."),
    "reason": N_("Needed where something that has held is corrected."),
    "end_reason": N_("For those alone who see notes."),
    "counted_from": N_("Where it is not the first day."),
}  # fmt: skip
CHOICES: dict[tuple[str, str], dict[str, str]] = {
    ("contract", "kind"): words.CONTRACTS, ("salary", "per"): words.PERIODS,
    ("terms", "tax_method"): {key: title for key, title in words.METHODS.items() if key},
}  # fmt: skip
REQUIRED = ("title", "kind", "amount", "per", "account", "week")


def people_of(session: Session, start: str) -> list[Suggestion]:
    """Return people that a beginning may mean."""
    return [Suggestion(number, name) for number, name in finding.suggest(session, start)]


def departments_of(session: Session, start: str) -> list[Suggestion]:
    """Return departments that a beginning may mean."""
    low = start.strip().lower()
    return [Suggestion(row.name, row.cost_centre) for row in departments.every(session)
            if row.name.lower().startswith(low)]  # fmt: skip


def _field(session: Session, kind: str, name: str, *, needed: bool = True) -> Field:
    """Return the field of a fact's column."""
    suggest = {"manager": partial(people_of, session), "head": partial(people_of, session),
               "department": partial(departments_of, session)}.get(name)  # fmt: skip
    choices = list(CHOICES.get((kind, name), {}).items())
    form = "choice" if choices else "long" if name in ("note", "details") else "text"
    if name == "counted_from":
        form = "date"
    if name == "warn_days":
        form = "number"
    return Field(
        name, FIELD_TITLES[name], form,  # type: ignore[arg-type]  # one of the kinds
        required=needed and name in REQUIRED, hint=HINTS.get(name, ""), choices=choices,
        suggest=suggest,
    )  # fmt: skip


def _day(name: str, *, required: bool = False, label: str = "", hint: str = "") -> Field:
    return Field(name, label or FIELD_TITLES[name], "date", required=required, hint=hint)


# People


def hire_form(session: Session, saved: Saved) -> FormScreen:
    """Return the form that hires somebody; salary and more are entered on the record."""
    work = ("title", "department", "manager", "place", "grade")
    fields = [
        Field("name", FIELD_TITLES["name"], required=True),
        _day("starts_on", required=True, label=N_("First day")),
        *(_field(session, "position", name) for name in work),
        Field("contract", N_("Contract"), "choice", choices=list(words.CONTRACTS.items())),
        _day("until", label=N_("Contract until")),
        *(Field(name, FIELD_TITLES[name], hint=HINTS.get(name, "")) for name in OWN[1:4]),
        Field("country", FIELD_TITLES["country"], hint=N_("Two letters; whose holidays are free.")),
        Field("week", FIELD_TITLES["week"], hint=HINTS["week"]),
    ]  # fmt: skip

    def save(given: Given, _version: int) -> EmployeeRow:
        entries = [NewFact("position", {name: given.get(name) or "" for name in work})]
        first = typed.day_of(given["starts_on"], "starts_on") or finding.today_of(session)
        if given.get("contract"):
            until = typed.day_of(given.get("until"), "until")
            if until is not None and until < first:  # the rule knows it by another name
                raise InvalidChangeError("until", _("cannot come before {day}").format(day=first))
            entries.append(NewFact("contract", {"kind": given["contract"]}, None, until))
        if given.get("country") or given.get("week"):
            schedule = {name: given[name] for name in ("country", "week") if given.get(name)}
            entries.append(NewFact("schedule", schedule))
        own = {name: given.get(name) or "" for name in OWN[:4]}
        return moves.hire(session, own, first, entries)

    def said(row: EmployeeRow) -> str:
        return _("{number} {name} is hired; + adds pay, family and more.").format(
            number=row.number, name=row.name
        )

    values = {"starts_on": finding.today_of(session), "contract": "permanent"}
    return FormScreen(
        Form("staff.hire", _("Hire somebody"), fields, save, values, said=said, saved=saved,
             feature=FEATURE)
    )  # fmt: skip


def edit_form(session: Session, row: EmployeeRow, saved: Saved) -> FormScreen:
    """Return the form of a person."""
    fields = [Field(name, FIELD_TITLES[name], required=name == "name", hint=HINTS.get(name, ""))
              for name in OWN]  # fmt: skip

    def save(given: Given, version: int) -> EmployeeRow:
        wanted = {name: value or "" for name, value in given.items()}
        return changing.edit(session, row._replace(version=version), wanted)

    title = _("Edit {number}").format(number=row.number)
    said = _("{number} is changed.").format(number=row.number)
    return FormScreen(
        Form("staff.edit", title, fields, save, personal.values_of(row), row.id, row.version,
             said=said, saved=saved, feature=FEATURE)
    )  # fmt: skip


# Facts


def fact_form(
    session: Session, row: EmployeeRow, kind: str, saved: Saved, *,
    old: Any = None, held: Any = None,
) -> FormScreen:  # fmt: skip
    """Return the form that enters a fact, or corrects one.

    Args:
        session: Who types.
        row: The person.
        kind: Of the fact.
        saved: Called with the person once it is saved.
        old: The fact that is corrected; None enters another one.
        held: What holds today, from which a new state begins.
    """
    spans = kind in changing.SPANS
    part = words.PARTS.get(kind)
    fields = _part_fields(kind) if part else [
        _day("starts_on", required=True), *([_day("ends_on")] if spans else []),
        *(_field(session, kind, name) for name in typed.FIELDS[kind]
          if name not in ("renews", "currency", *_closed(session))),
        Field("reason", FIELD_TITLES["reason"], required=old is not None, hint=HINTS["reason"]),
    ]  # fmt: skip
    start = old if old is not None else (None if spans else held)
    values: dict[str, object] = dict(typed.values_of(start)) if start is not None else {}
    for name in _closed(session):
        values.pop(name, None)
    if values.get("amount") is not None:
        values["amount"] = f"{values['amount']} {values.pop('currency', '')}"
    if values.get("details"):
        values["details"] = typed.lines_of_details(str(values["details"]))
    if old is not None:
        values.update(starts_on=old.head.starts_on, ends_on=old.head.ends_on)
    elif not part:
        values["starts_on"] = finding.today_of(session)
    values.setdefault("kind", "permanent") if kind == "contract" else None
    values.setdefault("per", "month") if kind == "salary" else None

    def save(given: Given, _version: int) -> EmployeeRow:
        told = {**values, **given} if old is not None else dict(given)
        entry = _entry(kind, told)
        if old is not None:
            return changing.correct(session, row, old.head.id, entry)
        return changing.enter(session, finding.again(row.id), entry)

    name = _(words.FACT_TITLES.get(kind) or words.PARTS[kind].title)
    verb = _("{number} {name}: correct it") if old is not None else _("{number} {name}: enter it")
    title = verb.format(number=row.number, name=name)
    return FormScreen(
        Form(draft_of(f"staff.{kind}", row.id, *([old.head.id] if old is not None else ())),
             title, fields, save, values,
             said=_("{number} is changed; u undoes it.").format(number=row.number), saved=saved,
             feature=FEATURE)
    )  # fmt: skip


def _closed(session: Session) -> tuple[str, ...]:
    """Return fields of public facts that are seen by those alone who see notes."""
    return () if session.may(f"staff.{words.NOTES}") else ("end_reason",)


def _part_fields(kind: str) -> list[Field]:
    part, fields = words.PARTS[kind], []
    for column, label in part.labels.items():
        form = {"starts_on": "date", "ends_on": "date", "note": "long"}.get(column, "text")
        if kind == "dependant" and column == "value":
            form = "switch"
        fields.append(Field(column, label, form, required=column in part.needed,  # type: ignore[arg-type]  # one of the kinds
                            hint=HINTS.get(column, "")))  # fmt: skip
    return fields


def _entry(kind: str, given: Given) -> NewFact:
    """Return what was typed as a fact to enter."""
    days = {name: typed.day_of(given.get(name), name) for name in ("starts_on", "ends_on")}
    rest = {name: _plain(value) for name, value in given.items()
            if name not in ("starts_on", "ends_on", "reason", "renews")}  # fmt: skip
    return NewFact(kind, rest, days["starts_on"], days["ends_on"], str(given.get("reason") or ""))


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


# Coming, going, renewing


def ask_state(screen: ShellScreen, one: Standing, saved: Saved) -> None:
    """Choose between hiring again, renewing and leaving, then open the form."""
    row = one.employee
    here = one.state == EMPLOYED
    ends = one.contract.head.ends_on if one.contract else None
    choices = [
        Choice("leave", _("Leaves"), "l", "" if here else _("not employed")),
        Choice("renew", _("Renew the contract"), "r",
               "" if ends else _("no contract with an end")),
        Choice("hire", _("Hire again"), "h", _("is employed") if here else ""),
    ]  # fmt: skip

    def take(value: str | None) -> None:
        if value is not None:
            forms = {"leave": leave_form, "renew": renew_form, "hire": again_form}
            screen.app.push_screen(forms[value](screen.session, row, saved))

    screen.app.push_screen(MenuDialog(_("{number} {name}").format(
        number=row.number, name=row.name), choices), take)  # fmt: skip


def leave_form(session: Session, row: EmployeeRow, saved: Saved) -> FormScreen:
    """Return the form that ends an employment."""
    fields = [
        _day("last", required=True, label=N_("Last day")),
        Field("end_reason", FIELD_TITLES["end_reason"], hint=HINTS["end_reason"]),
    ]

    def save(given: Given, _version: int) -> EmployeeRow:
        last = typed.day_of(given["last"], "last") or finding.today_of(session)
        return moves.leave(session, row, last, str(given.get("end_reason") or ""))

    return _short(_("{number} leaves"), "leave", row, fields, save, saved, {})


def renew_form(session: Session, row: EmployeeRow, saved: Saved) -> FormScreen:
    """Return the form of the contract that follows."""
    fields = [_field(session, "contract", "kind"), _day("ends_on")]

    def save(given: Given, _version: int) -> EmployeeRow:
        until = typed.day_of(given.get("ends_on"), "ends_on")
        return changing.renew(session, row, {"kind": given.get("kind")}, until)

    return _short(_("Renew the contract of {number}"), "renew", row, fields, save, saved,
                  {"kind": "permanent"})  # fmt: skip


def again_form(session: Session, row: EmployeeRow, saved: Saved) -> FormScreen:
    """Return the form that employs somebody who left."""
    fields = [_day("starts_on", required=True, label=N_("First day"))]

    def save(given: Given, _version: int) -> EmployeeRow:
        first: date = typed.day_of(given["starts_on"], "starts_on") or finding.today_of(session)
        return moves.hire_known(session, row, first)

    return _short(_("Hire {number} again"), "again", row, fields, save, saved, {})


def _short(
    title: str, name: str, row: EmployeeRow, fields: list[Field],
    save: Callable[[Given, int], EmployeeRow], saved: Saved, values: dict[str, object],
) -> FormScreen:  # fmt: skip
    said = _("{number} is changed; u undoes it.").format(number=row.number)
    return FormScreen(
        Form(draft_of(f"staff.{name}", row.id), title.format(number=row.number), fields, save,
             values, said=said, saved=saved, feature=FEATURE)
    )  # fmt: skip


def department_form(session: Session, row: Any, saved: Saved) -> FormScreen:  # Any: a row or None
    """Return the form of a department; None adds one."""
    fields = [
        Field("name", FIELD_TITLES["name"], required=True),
        Field("parent", N_("Part of"), suggest=partial(departments_of, session)),
        Field("head", N_("Head"), suggest=partial(people_of, session), hint=HINTS["manager"]),
        Field("cost_centre", N_("Cost centre"), hint=N_("A tag of the ledger.")),
        _day("closed_on", label=N_("Closed")),
    ]

    def save(given: Given, _version: int) -> object:
        wanted = {name: value or "" for name, value in given.items()}
        if row is None:
            return departments.new(session, str(wanted.pop("name")), **wanted)
        return departments.edit(session, row, wanted)

    values = {} if row is None else departments.values_of(row)
    title = _("New department") if row is None else _("Edit {name}").format(name=row.name)
    return FormScreen(
        Form("staff.department", title, fields, save, values, row.id if row else 0,
             row.version if row else 0, said=_("The department is kept."), saved=saved,
             feature=departments.FEATURE)
    )  # fmt: skip
