"""Bringing people and organisations in from a table, by a map.

An import adds; it never changes who is there. A mail address or a name of an organisation that
belongs to somebody is refused with the number. Numbers that are none stay as they were typed.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.contacts import reaching, vcards, words
from boconsole.contacts.fields import Given, home_country, parse
from boconsole.contacts.words import Kind
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.importing import chunks, values
from boconsole.importing.chunks import Arrival
from boconsole.importing.maps import find_map, read_map
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType, RowReader, RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.language import _
from boconsole.session import Session
from db.contacts import parts, records
from db.contacts.rows import ChannelRow

CREATABLE = ("organisation",)


class PersonDraft(NamedTuple):
    """A row of people, as texts."""

    name: str
    organisation: str
    title: str
    email: str
    phone: str
    mobile: str
    website: str
    vip: str
    tags: str
    language: str
    support_note: str
    address: str
    note: str


class OrganisationDraft(NamedTuple):
    """A row of organisations, as texts."""

    name: str
    kind: str
    domain: str
    email: str
    phone: str
    website: str
    country: str
    address: str
    tax_number: str
    manager: str
    vip: str
    tags: str
    language: str
    currency: str
    payment_days: str
    support_note: str
    note: str


DRAFTS: dict[Kind, type[PersonDraft] | type[OrganisationDraft]] = {
    "contact": PersonDraft, "organisation": OrganisationDraft,
}  # fmt: skip
LONG = ("support_note", "address", "note")
APART = ("mobile", "note")
"""What is kept beside the record itself; of people also the website and the address."""


class Ready(NamedTuple):
    """A row that can be written; a person's organisation by name, which may not be there yet."""

    given: Given
    organisation: str
    channels: tuple[ChannelRow, ...]
    address: str
    note: str


def import_file(
    session: Session,
    kind: Kind,
    path: Path,
    map_path: Path,
    *,
    dry_run: bool = False,
    refused_path: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import the rows of a file, all good ones in one transaction.

    Args:
        session: Who imports.
        kind: People or organisations.
        path: A file of separated cells with a heading.
        map_path: The map, a TOML file or the name of one that comes with the program.
        dry_run: Check everything and write nothing.
        refused_path: Where refused rows go; by default beside the file, and nowhere in a dry run.
        progress: Told rows done and the part of the file after each chunk.

    Raises:
        NotAllowedError, ImportFileError, MapError: Nothing was imported.
    """
    session.require("contact.edit")
    lists = CREATABLE if kind == "contact" else ()
    plan = read_map(find_map(map_path), DRAFTS[kind]._fields, lists=lists)
    return chunks.run(
        path,
        plan,
        lambda header: _Writer(session, kind, plan, header),
        transaction=nullcontext if dry_run else audit.writing,
        dry_run=dry_run,
        refused_path=refused_path,
        progress=progress,
    )


def import_vcards(
    session: Session,
    path: Path,
    *,
    dry_run: bool = False,
    refused_path: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import the people of a file of vCards; see `import_file`.

    Raises:
        NotAllowedError, VCardError: Nothing was imported.
    """
    session.require("contact.edit")
    if refused_path is None and not dry_run:
        refused_path = path.with_name(path.name + ".refused.csv")
    with vcards.Table(path) as table:
        return import_file(
            session, "contact", table, Path(vcards.MAP), dry_run=dry_run,
            refused_path=refused_path, progress=progress,
        )  # fmt: skip


class _Writer:
    """Checks rows and writes them."""

    def __init__(
        self, session: Session, kind: Kind, plan: ImportMap, header: Sequence[str]
    ) -> None:
        self._session, self._kind = session, kind
        self._creates = bool(plan.create)
        self._at = int(session.now().timestamp())
        types = {
            name: FieldType(values.text() if name in LONG else values.line(), "",
                            required=name == "name")
            for name in DRAFTS[kind]._fields
        }  # fmt: skip
        self._reader = RowReader[PersonDraft | OrganisationDraft](
            DRAFTS[kind],
            types, plan, header,
        )  # fmt: skip
        self._taken: set[str] = set()
        self._places: dict[str, int | None] = {}
        self._operation = 0

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that were imported before."""
        return records.keys_there(self._kind, list(external_keys))

    def check(self, cells: Sequence[str]) -> Ready:
        """Return a row that can be written."""
        typed = self._reader.read(cells)._asdict()
        try:
            return self._ready(typed)
        except InvalidChangeError as error:
            raise RowRefusedError([(error.field, error.reason)]) from error
        except BoconsoleError as error:
            raise RowRefusedError([("", str(error))]) from error

    def _ready(self, typed: dict[str, str]) -> Ready:
        people = self._kind == "contact"
        apart = (*APART, "website", "address", "organisation") if people else APART
        given = {field: value for field, value in typed.items()
                 if value and field not in apart}  # fmt: skip
        ready = parse(self._kind, given, None, kept=True)
        place = self._place(typed["organisation"]) if people else ""
        self._require_free(ready)
        channels = []
        if typed.get("mobile"):
            found = reaching.kept_phone(typed["mobile"], home_country())
            channels.append(ChannelRow(0, "mobile", found.stored, "", found.words))
        if people and typed["website"]:
            channels.append(ChannelRow(0, "web", typed["website"][:200], "", ""))
        return Ready(ready, place, tuple(channels), typed["address"] if people else "",
                     typed["note"])  # fmt: skip

    def _place(self, name: str) -> str:
        if name and self._organisation(name) is None and not self._creates:
            raise InvalidChangeError(
                "organisation",
                _("there is no organisation {name!r}; add it to `create` in the map").format(
                    name=name[:60]
                ),
            )
        return name

    def _organisation(self, name: str) -> int | None:
        low = name.lower()
        if self._places.get(low) is None:
            found = records.ids_named("organisation", name)
            self._places[low] = found[0] if found else None
        return self._places[low]

    def _require_free(self, ready: Given) -> None:
        """Raise where a mail address, or the name of an organisation, is taken."""
        field = "email" if self._kind == "contact" else "name"
        value = str(ready.columns.get(field) or "")
        if not value:
            return
        owner = records.person_of_mail(value) if field == "email" else records.own_id_named(value)
        if owner or value in self._taken:
            who = words.number(self._kind, owner) if owner else _("another row")
            raise InvalidChangeError(field, _("belongs to {owner} already").format(owner=who))
        self._taken.add(value)

    def write(self, arrivals: Sequence[Arrival[Ready]]) -> None:
        """Write a chunk with its lines of the trail."""
        lines = [self._write(arrival) for arrival in arrivals]
        self._operation = audit.record(
            self._session, f"{self._kind}.import", self._kind, lines, operation=self._operation
        )

    def _write(self, arrival: Arrival[Ready]) -> audit.Line:
        ready, kind = arrival.record, self._kind
        columns = {"email": "", "phone": ""} | ready.given.columns
        columns["external_key"] = arrival.external_key
        if kind == "contact":
            columns["organisation_id"] = self._organisation_id(ready.organisation)
        else:
            columns = {"kind": "customer", "domain": ""} | columns
        record_id = records.insert(kind, columns, self._at)
        for channel in ready.channels:
            parts.insert_channel(kind, record_id, channel)
        if ready.address:
            parts.insert_address(kind, record_id, "visiting", ready.address[:500])
        if ready.note:
            parts.insert_note(kind, record_id, self._at, self._session.user.id, ready.note)
        told = {field: (None, value) for field, value in ready.given.told.items() if value != ""}
        if ready.organisation:
            told["organisation"] = (None, ready.organisation)
        if ready.given.tags:
            parts.change_tags(kind, record_id, ready.given.tags, ())
            told["tags"] = (None, list(ready.given.tags))
        told["external_key"] = (None, arrival.external_key)
        return audit.Line(record_id, told, 1)

    def _organisation_id(self, name: str) -> int | None:
        """Return the organisation of a name, adding one that is missing."""
        if not name:
            return None
        found = self._organisation(name)
        if found is None:
            found = records.insert(
                "organisation", {"name": name, "kind": "customer", "domain": ""}, self._at
            )
            self._places[name.lower()] = found
            line = audit.Line(found, {"name": (None, name)}, 1)
            self._operation = audit.record(
                self._session, "organisation.add", "organisation", [line],
                operation=self._operation,
            )  # fmt: skip
        return found
