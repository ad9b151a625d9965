"""Fields of documents and contracts as they are typed, turned into columns."""

from collections.abc import Mapping
from datetime import date

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.money import plain
from boconsole.projects.fields import day_of, known, money_of, person_id
from boconsole.registry import classes, words
from boconsole.text import clean, clean_line, required_line
from boconsole.tickets.words import one_of
from db.registry import contracts, documents
from db.registry.rows import ContractRow, DocumentRow
from db.tickets import choices, names

Given = Mapping[str, object]
FIELDS = (
    "title", "class", "level", "owner", "counterpart", "contract", "reference", "value",
    "dated_on", "expires_on", "review_on", "note", "tags", "readers",
)  # fmt: skip
DAYS = ("dated_on", "expires_on", "review_on")


def told_of(row: DocumentRow) -> dict[str, object]:
    """Return a document as it could be typed."""
    return {
        "title": row.title, "class": row.class_code, "level": row.level, "owner": row.owner,
        "counterpart": counterpart_text(row),
        "contract": words.contract_number(row.contract_id) if row.contract_id else "",
        "reference": row.reference, "value": value_text(row), "dated_on": row.dated_on,
        "expires_on": row.expires_on, "review_on": row.review_on, "note": row.note,
        "tags": row.tags,
        "readers": ", ".join(login for _id, login in documents.select_readers(row.id)),
    }  # fmt: skip


def counterpart_text(row: DocumentRow | ContractRow) -> str:
    """Return the other side as it is typed."""
    if row.organisation_id:
        return row.organisation
    return f"CON-{row.contact_id}" if row.contact_id else ""


def value_text(row: DocumentRow | ContractRow) -> str:
    """Return an amount as it is typed."""
    return "" if row.amount is None else f"{plain(row.amount, row.precision)} {row.commodity}"


def columns_of(given: Given, before: DocumentRow | None) -> dict[str, object]:
    """Return the columns of fields of a document, checked; tags and readers are no columns.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    known(given, FIELDS)
    found: dict[str, object] = {}
    if "title" in given:
        found["title"] = required_line(str(given["title"] or ""), field="title", limit=200)
    if "class" in given:
        code = clean_line(str(given["class"] or ""), field="class")
        found["class_id"] = classes.find(code).id if code else None
    if "level" in given:
        found["level"] = one_of("level", str(given["level"] or ""), tuple(words.LEVELS))
    if "owner" in given:
        found["owner_id"] = person_id(given["owner"])
    if "counterpart" in given:
        found |= counterpart_columns(given["counterpart"])
    if "contract" in given:
        found["contract_id"] = _contract_id(given["contract"])
    if "reference" in given:
        found["reference"] = clean_line(str(given["reference"] or ""), field="reference")
    if "value" in given:
        code = before.commodity if before else ""
        found["amount"], found["commodity_id"], _told = money_of(given["value"], code, "value")
    for name in DAYS:
        if name in given:
            found[name] = day_of(given[name], name)
    if "note" in given:
        found["note"] = clean(str(given["note"] or ""), field="note")
    _check_days(found, before)
    return found


def _check_days(found: Mapping[str, object], before: DocumentRow | None) -> None:
    first = found.get("dated_on", before.dated_on if before else None)
    last = found.get("expires_on", before.expires_on if before else None)
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise InvalidChangeError("expires_on", _("cannot come before the date of the document"))


def counterpart_columns(value: object) -> dict[str, object]:
    """Return the columns of an organisation's name, ORG-12, CON-12 or a mail address."""
    text = clean_line(str(value or ""), field="counterpart")
    found: dict[str, object] = {"organisation_id": None, "contact_id": None}
    if not text:
        return found
    if text.upper().startswith("CON-") or "@" in text:
        people = choices.find_contacts(text)
        if len(people) != 1:
            raise NotFoundError(_("contact {name!r}").format(name=text[:40]))
        return {**found, "contact_id": people[0]}
    organisation = names.organisation_id(text)
    if organisation is None:
        several = choices.find_organisations(text)
        organisation = int(several[0]) if len(several) == 1 else None
    if organisation is None:
        raise NotFoundError(_("organisation {name!r}").format(name=text[:40]))
    return {**found, "organisation_id": organisation}


def _contract_id(value: object) -> int | None:
    text = clean_line(str(value or ""), field="contract")
    if not text:
        return None
    contract_id = words.parse_contract(text)
    if contracts.find(contract_id) is None:
        raise NotFoundError(
            _("contract {number}").format(number=words.contract_number(contract_id))
        )
    return contract_id


def people_of(value: object) -> list[int]:
    """Return the accounts of logins with commas between them; raises NotFoundError."""
    found = [person_id(word) for word in str(value or "").replace(",", " ").split()]
    return list(dict.fromkeys(each for each in found if each))


def tags_of(value: object) -> list[str]:
    """Return tags of a text with commas between them, each once."""
    given = ",".join(value) if isinstance(value, list | tuple) else str(value or "")
    tags = [clean_line(word, field="tags", limit=60).lower() for word in given.split(",")]
    return sorted(set(filter(None, tags)))
