"""Rows of documents, their versions and what hangs on them, as plain values."""

from datetime import date, datetime
from typing import NamedTuple


class ClassRow(NamedTuple):
    """A node of the classification tree, with its own rule of how long documents are kept.

    Attributes:
        keep_months: None where the class above decides; 0 for ever.
        documents: How many there are of it, not of those below; 0 where nobody counted.
    """

    id: int
    version: int
    code: str
    name: str
    parent_id: int | None
    keep_months: int | None
    keep_from: str
    keep_then: str
    keep_why: str
    documents: int


class DocumentRow(NamedTuple):
    """A document with the names beside it, and the last of its files.

    Attributes:
        latest: The number of its last version, 0 for none.
        due_on: From when on it may be destroyed, or is to be looked at.
        held: Whether a legal hold keeps it today.
    """

    id: int
    version: int
    title: str
    state: str
    level: str
    class_id: int | None
    class_code: str
    class_name: str
    owner_id: int | None
    owner: str
    organisation_id: int | None
    organisation: str
    contact_id: int | None
    contact: str
    contract_id: int | None
    reference: str
    amount: int | None
    commodity_id: int | None
    commodity: str
    precision: int
    dated_on: date | None
    expires_on: date | None
    review_on: date | None
    note: str
    latest: int
    approved_version: int
    approved_on: date | None
    closed_on: date | None
    reason: str
    successor_id: int | None
    round: int
    in_order: bool
    kept_until: date | None
    due_on: date | None
    due_then: str
    created_by_id: int | None
    created_at: datetime
    updated_at: datetime
    external_key: str | None
    file: str
    size: int
    tags: str
    held: bool

    @property
    def counterpart(self) -> str:
        """The other side: an organisation, a person, or nobody."""
        return self.organisation or self.contact


class VersionRow(NamedTuple):
    """A file of a document as it came; `text` only where it was asked for."""

    id: int
    document_id: int
    number: int
    name: str
    media_type: str
    size: int
    sha256: str
    note: str
    added_by_id: int | None
    added_by: str
    added_at: datetime
    text_state: str
    text_why: str
    removed_at: datetime | None


class ReviewRow(NamedTuple):
    """Somebody who was asked to approve a version, and what they said."""

    id: int
    document_id: int
    round: int
    place: int
    user_id: int | None
    user: str
    number: int
    decision: str
    comment: str
    at: datetime | None


class LinkRow(NamedTuple):
    """A document or a contract at a record of another feature."""

    id: int
    document_id: int | None
    contract_id: int | None
    feature: str
    record_id: int


class HoldRow(NamedTuple):
    """A legal hold on a document."""

    id: int
    document_id: int
    matter: str
    reason: str
    from_on: date
    until_on: date | None
    put_by: str
    at: datetime
    released_by: str
    released_at: datetime | None
    release_reason: str


class DestructionRow(NamedTuple):
    """What one person proposed to destroy, and another decided about."""

    id: int
    version: int
    state: str
    reason: str
    proposed_by_id: int | None
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    comment: str
    documents: int


class DestructionLineRow(NamedTuple):
    """A document of a destruction."""

    id: int
    destruction_id: int
    document_id: int
    title: str
    class_code: str
    rule: str
    due_on: date | None
    files: str
    shared: int


class ContractRow(NamedTuple):
    """A contract with what its last term says, and the names beside it.

    Attributes:
        notice_on: The last day on which notice can be given.
        obligations: How many are open.
    """

    id: int
    version: int
    title: str
    kind: str
    state: str
    owner_id: int | None
    owner: str
    organisation_id: int | None
    organisation: str
    contact_id: int | None
    contact: str
    reference: str
    signed_on: date | None
    note: str
    term: int
    start_on: date
    end_on: date | None
    notice_on: date | None
    notice_months: int
    notice_days: int
    renewal: str
    renewal_months: int
    amount: int | None
    commodity_id: int | None
    commodity: str
    precision: int
    every: str
    terminated_on: date | None
    reason: str
    created_at: datetime
    updated_at: datetime
    obligations: int

    @property
    def counterpart(self) -> str:
        """The other side: an organisation, a person, or nobody."""
        return self.organisation or self.contact


class TermRow(NamedTuple):
    """What was agreed for one span of a contract."""

    id: int
    contract_id: int
    number: int
    start_on: date
    end_on: date | None
    notice_months: int
    notice_days: int
    renewal: str
    renewal_months: int
    amount: int | None
    commodity_id: int | None
    commodity: str
    precision: int
    every: str
    note: str
    made_by: str
    at: datetime


class ObligationRow(NamedTuple):
    """What one side of a contract has to do by a day."""

    id: int
    version: int
    contract_id: int
    contract: str
    title: str
    side: str
    owner_id: int | None
    owner: str
    due_on: date
    every_months: int
    state: str
    done_on: date | None
    note: str
