"""Files at documents, such as a bill as it came: added at any time."""

from boconsole.ledger.attaching import Attachments
from db.files import Shelf

DOCUMENTS = Attachments(Shelf("invoice_attachment", "invoice_id"), "invoice", "invoice", "issued")
listed, attach = DOCUMENTS.listed, DOCUMENTS.attach
content, remove = DOCUMENTS.content, DOCUMENTS.remove
