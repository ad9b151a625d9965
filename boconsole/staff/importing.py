"""Bringing people in from a table, by a map; importing again adds nothing.

Managers are named by number, name, mail address or the key of their own row, wherever that
stands in the file; those above are written first.
"""

import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, InvalidChangeError, NotAllowedError
from boconsole.importing import chunks, values
from boconsole.importing import facts as cells_of
from boconsole.importing.chunks import Arrival
from boconsole.importing.maps import find_map, read_map
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType, RowReader, RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import changing, departments, identifying, privacy, typed, words
from boconsole.staff.changing import NewFact
from db.staff import people


class Draft(NamedTuple):
    """A row, converted; days are instants."""

    name: str
    sort_as: str
    email: str
    phone: str
    language: str
    user: str
    title: str
    department: str
    manager: str
    place: str
    grade: str
    country: str
    region: str
    week: str
    hired: int | None
    left: int | None
    end_reason: str
    contract: str
    contract_until: int | None
    salary: Decimal | None
    currency: str
    per: str
    pay_group: str
    rule_set: str
    tax_status: str
    account: str
    account_holder: str
    bank: str
    born: int | None
    gender: str
    nationality: str
    address: str
    private_phone: str
    private_mail: str
    emergency_name: str
    emergency_phone: str
    identity_kind: str
    identity_number: str
    identity_country: str
    nik: str
    npwp: str
    note: str


DAYS = ("hired", "left", "contract_until", "born")
OWN = ("name", "sort_as", "email", "phone", "language", "user")
CREATABLE = ("department",)


def _fields() -> dict[str, FieldType]:
    found = {name: FieldType(values.line(), "") for name in Draft._fields}
    found.update({day: FieldType(None) for day in DAYS})
    found["name"] = FieldType(values.line(200), "", required=True)
    found["salary"] = FieldType(cells_of.price)
    found["note"] = found["address"] = FieldType(values.text(), "", varied=True)
    return found


def import_staff(
    session: Session, path: Path, map_path: Path, *, dry_run: bool = False,
    refused_path: Path | None = None, progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Import the rows of a file as people, all good ones in one transaction.

    Raises:
        NotAllowedError, ImportFileError, MapError: Nothing was imported.
        InvalidChangeError: A manager is nobody, or is below themselves; nothing was imported.
    """
    privacy.require_edit(session, ())
    plan = read_map(find_map(map_path), Draft._fields, lists=CREATABLE)
    writers: list[_Writer] = []

    def writer_of(header: Sequence[str]) -> _Writer:
        writers.append(_Writer(session, plan, header))
        return writers[-1]

    with nullcontext() if dry_run else audit.writing():
        report = chunks.run(
            path, plan, writer_of, transaction=nullcontext, dry_run=dry_run,
            refused_path=refused_path, progress=progress,
        )  # fmt: skip
        for writer in writers:
            writer.finish(dry_run=dry_run)
    return report


class _Ready(NamedTuple):
    """A row that can be written: the person, the facts, and who is above."""

    given: dict[str, object]
    entries: list[NewFact]
    manager: str


class _Writer:
    """Checks rows, and writes them once all are there."""

    def __init__(self, session: Session, plan: ImportMap, header: Sequence[str]) -> None:
        self._session = session
        self._creates = bool(plan.create)
        self._reader = RowReader(Draft, _fields(), plan, header)
        self._keys: set[str] = set()
        self._checked: list[_Ready] = []
        self._rows: dict[str, _Ready] = {}
        self._departments = {row.name.lower() for row in people.select_departments()}

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that people have."""
        self._keys.update(key.partition(":")[2].lower() for key in external_keys)
        hidden = {_hidden(key): key for key in external_keys}
        return {hidden[found] for found in people.keys_there(list(hidden))}

    def check(self, cells: Sequence[str]) -> _Ready:
        """Return a row that can be written."""
        draft = self._reader.read(cells)
        try:
            ready = _ready(draft)
            self._check(draft, ready)
        except InvalidChangeError as error:
            raise RowRefusedError([(error.field, error.reason)]) from error
        except NotAllowedError:
            raise  # the import as a whole
        except BoconsoleError as error:
            raise RowRefusedError([("", str(error))]) from error
        self._checked.append(ready)
        return ready

    def _check(self, draft: Draft, ready: _Ready) -> None:
        privacy.require_edit(self._session, changing.groups_of(one.kind for one in ready.entries))
        name = draft.department
        if name and name.lower() not in self._departments and not self._creates:
            raise InvalidChangeError(
                "department",
                _("there is no department {name!r}; add it to `create` in the map").format(
                    name=name[:60]
                ),
            )
        for entry in ready.entries:
            if entry.kind not in ("position", "salary"):
                typed.parse(self._session, entry.kind, entry.given, starts_on=entry.starts_on,
                            ends_on=entry.ends_on)  # fmt: skip

    def write(self, arrivals: Sequence[Arrival[_Ready]]) -> None:
        """Keep a chunk until all rows are there."""
        self._rows.update({arrival.external_key: arrival.record for arrival in arrivals})

    def finish(self, *, dry_run: bool) -> None:
        """Write all rows, those above first."""
        if dry_run:
            there = {str(ready.given["name"]).lower() for ready in self._checked} | self._keys
            self._rows = {f":{at}": ready for at, ready in enumerate(self._checked)}
            self._order(there)
            return
        numbers: dict[str, str] = {}
        for key in self._order(set()):
            ready = self._rows[key]
            manager = numbers.get(ready.manager.lower()) or ready.manager
            made = self._write(key, ready, manager)
            numbers[str(ready.given["name"]).lower()] = made
            numbers[key.partition(":")[2].lower()] = made
            if mail := str(ready.given.get("email") or ""):
                numbers[mail.lower()] = made

    def _write(self, key: str, ready: _Ready, manager: str) -> str:
        entries = []
        for entry in ready.entries:
            if entry.kind == "position":
                if name := str(entry.given.get("department") or ""):
                    departments.ensure(self._session, name)
                entry = entry._replace(given={**entry.given, "manager": manager})
            entries.append(entry)
        given = {**ready.given, "external_key": _hidden(key)}
        return changing.new(self._session, given, entries, action="staff.import").number

    def _order(self, there: set[str]) -> list[str]:
        """Return the keys, those above first; raises InvalidChangeError where there is no way."""
        names: dict[str, str] = {}
        for key, ready in self._rows.items():
            for word in (ready.given["name"], ready.given.get("email"), key.partition(":")[2]):
                if word:
                    names.setdefault(str(word).lower(), key)
        order: dict[str, None] = {}
        for key in self._rows:
            path: list[str] = []
            at: str | None = key
            while at is not None and at not in order:
                if at in path:
                    told = _("{name} would be above themselves").format(
                        name=self._rows[at].given["name"]
                    )
                    raise InvalidChangeError("manager", told)
                path.append(at)
                at = self._above(at, names, there)
            order.update(dict.fromkeys(reversed(path)))
        return list(order)

    def _above(self, key: str, names: dict[str, str], there: set[str]) -> str | None:
        word = self._rows[key].manager
        if not word or word.lower() in there:
            return None
        if found := names.get(word.lower()):
            return found
        wanted = words.parse_number(word) if word[:4].lower() == "emp-" else None
        if (wanted and people.find(wanted)) or len(people.ids_named(word)) == 1:
            return None
        raise InvalidChangeError("manager", _("{name} is nobody here or in the file").format(
            name=word[:60]))  # fmt: skip


def _hidden(external_key: str) -> str:
    """Return what tells a row apart without telling it: it may be an identity number."""
    source, _colon, key = external_key.partition(":")
    return f"{source}:{hashlib.sha256(key.encode()).hexdigest()}"


def _ready(draft: Draft) -> _Ready:
    given: dict[str, object] = {name: value for name in OWN if (value := getattr(draft, name))}
    hired, left = cells_of.day_of(draft.hired), cells_of.day_of(draft.left)
    entries = [*_work(draft, hired, left), *_private(draft, hired)]
    if hired is None and any(entry.kind in words.FACTS for entry in entries):
        raise InvalidChangeError("hired", _("is needed"))
    return _Ready(given, entries, draft.manager)


def _work(draft: Draft, hired: date | None, left: date | None) -> list[NewFact]:
    entries = []
    if hired:
        entries.append(NewFact("employment", {"end_reason": draft.end_reason}, hired, left))
    if draft.title:
        position = {"title": draft.title, "department": draft.department, "place": draft.place,
                    "grade": draft.grade}  # fmt: skip
        entries.append(NewFact("position", position, hired))
    if draft.contract or draft.contract_until:
        kind = draft.contract or "fixed"
        until = cells_of.day_of(draft.contract_until) or left
        entries.append(NewFact("contract", {"kind": kind}, hired, until))
    if draft.country or draft.week:
        schedule = {"country": draft.country, "region": draft.region}
        entries.append(NewFact("schedule", {**schedule, **_some(week=draft.week)}, hired))
    return entries


def _private(draft: Draft, hired: date | None) -> list[NewFact]:
    entries = []
    if draft.salary is not None:
        pay = {"amount": draft.salary, "currency": draft.currency.upper(), **_some(per=draft.per)}
        entries.append(NewFact("salary", pay, hired))
    terms = _some(pay_group=draft.pay_group, rule_set=draft.rule_set, tax_status=draft.tax_status)
    if terms:
        entries.append(NewFact("terms", terms, hired))
    if draft.account:
        bank = {"account": draft.account, "holder": draft.account_holder, "bank": draft.bank}
        entries.append(NewFact("bank", bank, hired))
    if draft.born or draft.gender or draft.nationality:
        person = {"detail": draft.gender, "country": draft.nationality}
        entries.append(NewFact("person", person, cells_of.day_of(draft.born)))
    if draft.address:
        entries.append(NewFact("address", {"name": "home", "note": draft.address}))
    for kind, value in (("phone", draft.private_phone), ("mail", draft.private_mail)):
        if value:
            entries.append(NewFact("channel", {"name": kind, "value": value}))
    if draft.emergency_name:
        contact = {"name": draft.emergency_name, "value": draft.emergency_phone}
        entries.append(NewFact("emergency", contact))
    for kind, land, value in (
        (draft.identity_kind or "id", draft.identity_country, draft.identity_number),
        ("nik", "ID", draft.nik), ("npwp", "ID", draft.npwp),
    ):  # fmt: skip
        if value:
            identifying.number(kind, identifying.country(land), value)
            entries.append(NewFact("identity", {"name": kind, "country": land, "value": value}))
    if draft.note:
        entries.append(NewFact("note", {"note": draft.note}))
    return entries


def _some(**given: str) -> dict[str, object]:
    return {name: value for name, value in given.items() if value}
