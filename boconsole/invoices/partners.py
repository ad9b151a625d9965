"""What documents print of customers and suppliers: address and tax number.

Drafts print them as they are now, issued documents as they were when they were issued.
"""

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.invoices.drafting import find_partner
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean, clean_line
from db.invoices import documents
from db.invoices import partners as stored
from db.invoices.partners import PartnerFacts

__all__ = ["PartnerFacts"]

LONGEST_ADDRESS = 500


def read(session: Session, name: str) -> PartnerFacts:
    """Return what is printed of an organisation; raises NotFoundError."""
    session.require("contact.read")
    return stored.find(find_partner(name).id)


def suggest(session: Session, start: str, limit: int = 5) -> list[str]:
    """Return names of organisations that start so, or else contain it."""
    session.require("contact.read")
    found = documents.partner_names_from(start, limit)
    low = start.casefold()
    more = [] if len(found) >= limit else documents.partner_names_with(low, limit)
    return list(dict.fromkeys([*found, *more]))[:limit]


def put(session: Session, old: PartnerFacts, *, address: str, tax_number: str) -> PartnerFacts:
    r"""Write address and tax number; `\n` in an address begins a line.

    Raises:
        InvalidChangeError: A text is too long.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require("contact.edit")
    lines = clean(address.replace("\\n", "\n"), field="address", limit=LONGEST_ADDRESS)
    new = old._replace(
        address="\n".join(line.strip() for line in lines.splitlines() if line.strip()),
        tax_number=clean_line(tax_number, field="tax number", limit=LINE_LIMIT),
    )
    told: dict[str, tuple[object, object]] = {
        name: (getattr(old, name), getattr(new, name))
        for name in ("address", "tax_number")
        if getattr(old, name) != getattr(new, name)
    }
    if not told:
        return old
    with audit.writing():
        if not stored.update(new):
            now = stored.find(old.id)
            theirs = {"address": now.address, "tax_number": now.tax_number}
            yours = {"address": new.address, "tax_number": new.tax_number}
            raise StaleRecordError(old.name, old.id, now.version, theirs, yours)
        line = audit.Line(old.id, told, old.version + 1)
        audit.record(session, "organisation.address", "organisation", [line])
    return new._replace(version=old.version + 1)
