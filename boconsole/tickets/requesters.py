"""Who asks: contacts by their mail address, made when they first write."""

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean_line
from db.tickets import names


def contact_for(
    session: Session, text: str, organisation: int | None = None
) -> tuple[int, int | None]:
    """Return id and organisation of the contact `Name <mail>` or `mail`, making a new one.

    Args:
        session: Who asks.
        text: The address.
        organisation: Where a new contact belongs; the one of the mail domain without it.

    Raises:
        InvalidChangeError: There is no mail address in it.
    """
    from email.utils import parseaddr

    name, email = parseaddr(clean_line(text, field="requester"))
    local, _at, domain = email.strip().lower().rpartition("@")
    if not local or not domain or "'" in domain or any(mark in email for mark in ' ,;:"<>()[]\\'):
        raise InvalidChangeError(
            "requester",
            _("{text!r} is not a mail address such as ann@example.com").format(text=text[:60]),
        )
    found = names.contact(email)
    if found is not None:
        return found
    organisation = organisation or names.organisation_of_domain(domain)
    shown = name or local.replace(".", " ").title()
    return names.insert_contact(shown, email.lower(), organisation, session.now()), organisation
