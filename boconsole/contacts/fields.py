"""What is typed about people and organisations: checked, as columns and as words of the trail."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from boconsole.contacts import reaching, words
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.text import clean, clean_line, required_line
from db.contacts import records
from db.contacts.rows import Kind, OrganisationRow, PersonRow

NAME_LIMIT, NOTE_LIMIT, ADDRESS_LIMIT = 200, 4_000, 500
LANGUAGES, CODE_LIMIT = 20, 20
MOST_DAYS = 365
PERSON = (
    "name", "organisation", "title", "email", "phone", "vip", "tags", "language", "support_note",
)  # fmt: skip
ORGANISATION = (
    "name", "kind", "domain", "email", "phone", "website", "country", "address", "tax_number",
    "parent", "manager", "vip", "tags", "language", "currency", "payment_days", "support_note",
)  # fmt: skip
FIELDS: dict[Kind, tuple[str, ...]] = {"contact": PERSON, "organisation": ORGANISATION}
YES = ("yes", "true", "1", "y", "x", "ya", "on")
Row = PersonRow | OrganisationRow


class Given(NamedTuple):
    """What was typed, ready to be written.

    Attributes:
        columns: Of the table.
        told: Field to value in words, as the audit trail has it.
        tags: All tags afterwards; None leaves them.
    """

    columns: dict[str, object]
    told: dict[str, object]
    tags: tuple[str, ...] | None


def parse(kind: Kind, given: Mapping[str, object], old: Row | None, *, kept: bool = False) -> Given:
    """Return what was typed about one.

    Args:
        kind: Of whom.
        given: Field to what was typed.
        old: The record as it is; None for a new one.
        kept: Keep numbers that are none as they are, as an import does.

    Raises:
        InvalidChangeError: A value cannot be taken, or no such field, organisation or account is
            there.
    """
    reader = _Reader(kind, given, old, kept)
    for field, value in given.items():
        reader.read(field, value)
    return Given(reader.columns, reader.told, reader.tags)


class _Reader:
    """Reads the fields of one record."""

    def __init__(
        self, kind: Kind, given: Mapping[str, object], old: Row | None, kept: bool
    ) -> None:
        self.kind, self.given, self.old, self.kept = kind, given, old, kept
        self.columns: dict[str, object] = {}
        self.told: dict[str, object] = {}
        self.tags: tuple[str, ...] | None = None
        self._organisation: OrganisationRow | None = None

    def read(self, field: str, value: object) -> None:
        """Take one field."""
        if field not in FIELDS[self.kind]:
            known = ", ".join(FIELDS[self.kind])
            raise InvalidChangeError(
                field[:40], _("there is no such field; expected {words}").format(words=known)
            )
        if field == "tags":
            self.tags = tags_of(value)
            return
        text = "" if value is None else str(value)
        if field in _LINES:
            self._put(field, clean_line(text, field=field, limit=_LINES[field]))
        else:
            _READ[field](self, value if field in ("vip", "payment_days") else text)

    def _put(self, field: str, stored: object, told: object = None, column: str = "") -> None:
        self.columns[column or field] = stored
        self.told[field] = stored if told is None else told

    def name(self, text: str) -> None:
        self._put("name", required_line(text, field="name", limit=NAME_LIMIT))

    def email(self, text: str) -> None:
        self._put("email", reaching.mail(text))

    def phone(self, text: str) -> None:
        found = reaching.kept_phone(text, self.region()) if self.kept else (
            reaching.phone(text, self.region())
        )  # fmt: skip
        self._put("phone", found.stored)
        self.columns["words"] = found.words

    def region(self) -> str:
        """Return the country that numbers without a code are of."""
        if self.kind == "organisation":
            typed = self.given.get("country")
            own = str(typed) if typed is not None else getattr(self.old, "country", "")
            return (reaching.country(own) if own else "") or home_country()
        if "organisation" in self.given:
            found = self._place(str(self.given["organisation"] or ""))
            return (found.country if found else "") or home_country()
        return getattr(self.old, "country", "") or home_country()

    def _place(self, name: str) -> OrganisationRow | None:
        if not name.strip():
            return None
        if self._organisation is None:
            self._organisation = _named(name, "organisation")
        return self._organisation

    def organisation(self, text: str) -> None:
        found = self._place(text)
        self._put("organisation", found.id if found else None, found.name if found else "",
                  "organisation_id")  # fmt: skip

    def kind_of(self, text: str) -> None:
        self._put("kind", words.choice("kind", text or "customer", words.KINDS))

    def domain(self, text: str) -> None:
        self._put("domain", reaching.domain(text))

    def country(self, text: str) -> None:
        self._put("country", reaching.country(text))

    def address(self, text: str) -> None:
        self._put("address", address_lines(text))

    def parent(self, text: str) -> None:
        found = _named(text, "parent") if text.strip() else None
        if (
            found
            and self.old
            and (found.id == self.old.id or records.is_above(self.old.id, found.id))
        ):
            raise InvalidChangeError("parent", _("an organisation cannot be above itself"))
        self._put("parent", found.id if found else None, found.name if found else "", "parent_id")

    def manager(self, text: str) -> None:
        login = clean_line(text, field="manager")
        user = records.user_id(login) if login else None
        if login and user is None:
            raise InvalidChangeError(
                "manager", _("there is no account {login}").format(login=login[:40])
            )
        self._put("manager", user, login.lower() if user else "", "manager_id")

    def vip(self, value: object) -> None:
        self._put("vip", value if isinstance(value, bool) else str(value).strip().lower() in YES)

    def currency(self, text: str) -> None:
        self._put("currency", clean_line(text, field="currency", limit=CODE_LIMIT).upper())

    def payment_days(self, value: object) -> None:
        text = "" if value is None else str(value).strip()
        if text and not (text.isascii() and text.isdecimal() and int(text) <= MOST_DAYS):
            raise InvalidChangeError(
                "payment_days", _("expected a number of days, at most {most}").format(
                    most=MOST_DAYS)
            )  # fmt: skip
        self._put("payment_days", int(text) if text else None, int(text) if text else "")

    def support_note(self, text: str) -> None:
        self._put("support_note", clean(text, field="support_note", limit=NOTE_LIMIT).strip())


_READ: dict[str, Callable[[_Reader, Any], None]] = {  # Any: text, number or yes and no
    "name": _Reader.name, "email": _Reader.email, "phone": _Reader.phone,
    "organisation": _Reader.organisation, "kind": _Reader.kind_of, "domain": _Reader.domain,
    "country": _Reader.country, "address": _Reader.address, "parent": _Reader.parent,
    "manager": _Reader.manager, "vip": _Reader.vip, "currency": _Reader.currency,
    "payment_days": _Reader.payment_days, "support_note": _Reader.support_note,
}  # fmt: skip
_LINES = {"title": NAME_LIMIT, "language": LANGUAGES, "website": NAME_LIMIT,
          "tax_number": NAME_LIMIT}  # fmt: skip


def address_lines(text: str) -> str:
    r"""Return an address with its lines; `\n` begins one."""
    lines = clean(text.replace("\\n", "\n"), field="address", limit=ADDRESS_LIMIT)
    return "\n".join(line.strip() for line in lines.splitlines() if line.strip())


def tags_of(value: object) -> tuple[str, ...]:
    """Return tags, typed with commas or given one by one, in small letters."""
    parts: Sequence[object] = value.split(",") if isinstance(value, str) else (
        value if isinstance(value, Sequence) else ()
    )  # fmt: skip
    lines = (clean_line(str(part), field="tags", limit=60).lower() for part in parts)
    return tuple(sorted({line for line in lines if line}))


def _named(name: str, field: str) -> OrganisationRow:
    try:
        return organisation_named(name)
    except NotFoundError as error:
        raise InvalidChangeError(field, str(error)) from error


def organisation_named(name: str) -> OrganisationRow:
    """Return the organisation of a name or number; a merged one stands for what it is part of.

    Raises:
        NotFoundError: There is none.
    """
    line = clean_line(name, field="organisation")
    ids = records.ids_named("organisation", line)
    if not ids and "-" in line and (found := words.parse_number("organisation", line)):
        ids = [found]
    row = records.find_organisation(ids[0]) if ids else None
    if row is None:
        raise NotFoundError(_("organisation {name}").format(name=line[:60]))
    return row


def home_country() -> str:
    """Return the country of our own organisation, of which numbers without a code are."""
    return records.own_country()


def values_of(row: Row, tags: Sequence[str]) -> dict[str, object]:
    """Return a record as its form holds it."""
    fields = FIELDS["contact" if isinstance(row, PersonRow) else "organisation"]
    values: dict[str, object] = {
        field: getattr(row, field) for field in fields if field not in ("tags", "phone")
    }
    values["phone"] = reaching.international(row.phone, row.words)
    values["tags"] = tuple(tags)
    return values


def told_of(row: Row) -> dict[str, object]:
    """Return a record as the audit trail tells it."""
    fields = FIELDS["contact" if isinstance(row, PersonRow) else "organisation"]
    values = {field: getattr(row, field) for field in fields if field != "tags"}
    return {field: "" if value is None else value for field, value in values.items()}
