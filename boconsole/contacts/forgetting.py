"""The right to be forgotten: a person becomes nobody, for good.

Name, addresses, numbers, notes and tags go. Documents keep the names that were printed on them,
messages in tickets keep their text, and earlier lines of the audit trail keep what they say, as
they are sealed; whoever answers a person has to know that.
"""

from boconsole import audit
from boconsole.contacts import reading, words
from boconsole.contacts.changing import Ref, require_open
from boconsole.errors import StaleRecordError
from boconsole.language import N_, _
from boconsole.session import Session
from db.contacts import parts, records
from db.contacts.parts import TABLES

PERMISSION = "contact.forget"
STAYS = N_("Issued documents, messages in tickets and the audit trail keep what they say.")
EMPTY = {"email": "", "phone": "", "words": "", "title": "", "language": "", "support_note": "",
         "vip": False, "external_key": None}  # fmt: skip


def forget(session: Session, seen: Ref) -> int:
    """Take away all that tells who a person was; the tickets stay with nobody's name.

    Returns:
        The operation, which nothing takes back.

    Raises:
        MergedContactError, ForgottenError: It stands still.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require(PERMISSION)
    with audit.writing():
        old = reading.row("contact", seen.id)
        require_open("contact", old)
        number = words.number("contact", old.id)
        if seen.version not in (0, old.version):
            raise StaleRecordError(number, old.id, old.version)
        lines = []
        for record_id in (old.id, *records.merged_into("contact", old.id)):
            version = reading.row("contact", record_id).version
            at = int(session.now().timestamp())
            name = _("Forgotten person {number}").format(number=words.number("contact", record_id))
            records.update(
                "contact", record_id, version,
                {**EMPTY, "name": name, "archived_at": at, "forgotten_at": at},
            )  # fmt: skip
            for table in TABLES:
                parts.delete_all(table, "contact", record_id)
            lines.append(audit.Line(record_id, {"forgotten": (False, True)}, version + 1))
        return audit.record(session, "contact.forget", "contact", lines)
