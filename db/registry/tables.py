"""The tables of the registry: documents, versions, reviews, holds, what was destroyed, contracts.

A version is never changed and never removed; triggers refuse it. What was destroyed keeps its row.
"""

import peewee

from db.base import Table
from db.contacts.tables import Contact, Organisation
from db.fields import DayField, InstantField
from db.ledger.tables import Commodity
from db.tickets.tables import Tag
from db.users import User


class DocumentClass(Table):
    """A node of the classification tree, with how long its documents are kept."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    code = peewee.TextField(unique=True)
    name = peewee.TextField()
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    keep_months = peewee.IntegerField(null=True)
    """None: as the class above; 0: for ever."""
    keep_from = peewee.TextField(default="")
    """The date that it counts from: `dated`, `expires`, `approved`, `closed` or `created`."""
    keep_then = peewee.TextField(default="")
    """`destroy` or `review`."""
    keep_why = peewee.TextField(default="")
    """The law or policy that says so."""


class Contract(Table):
    """An agreement; people see its id as CTR-id. What its last term says is kept here too."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    title = peewee.TextField()
    kind = peewee.TextField()
    state = peewee.TextField()
    """`draft`, `active`, `terminated` or `ended`."""
    owner = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    reference = peewee.TextField(default="")
    """What the other side calls it."""
    signed_on = DayField(null=True)
    note = peewee.TextField(default="")
    term = peewee.IntegerField(default=1)
    start_on = DayField()
    end_on = DayField(null=True)
    """The last day; none for one that goes on until it is terminated."""
    notice_on = DayField(null=True)
    """The last day on which notice can be given."""
    notice_months = peewee.IntegerField(default=0)
    notice_days = peewee.IntegerField(default=0)
    renewal = peewee.TextField()
    """`none`, `automatic` or `decision`."""
    renewal_months = peewee.IntegerField(default=0)
    amount = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    every = peewee.TextField(default="")
    """What the amount is for: `term`, `year`, `quarter` or `month`."""
    terminated_on = DayField(null=True)
    """When notice was given."""
    reason = peewee.TextField(default="")
    created_at = InstantField()
    updated_at = InstantField()

    class Meta:
        """The list, newest first; what ends."""

        indexes = ((("updated_at", "id"), False), (("end_on", "id"), False))


class ContractTerm(Table):
    """What was agreed for one span of a contract; a renewal adds one."""

    id = peewee.AutoField()
    contract = peewee.ForeignKeyField(Contract, index=False, on_delete="CASCADE")
    number = peewee.IntegerField()
    start_on = DayField()
    end_on = DayField(null=True)
    notice_months = peewee.IntegerField(default=0)
    notice_days = peewee.IntegerField(default=0)
    renewal = peewee.TextField()
    renewal_months = peewee.IntegerField(default=0)
    amount = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    every = peewee.TextField(default="")
    note = peewee.TextField(default="")
    made_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = InstantField()

    class Meta:
        """Read by contract, in order."""

        indexes = ((("contract", "number"), True),)


class Obligation(Table):
    """What one side of a contract has to do by a day."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    contract = peewee.ForeignKeyField(Contract, on_delete="CASCADE")
    title = peewee.TextField()
    side = peewee.TextField()
    """`ours` or `theirs`."""
    owner = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    due_on = DayField()
    every_months = peewee.IntegerField(default=0)
    """0: once."""
    state = peewee.TextField()
    """`open`, `done` or `dropped`."""
    done_on = DayField(null=True)
    note = peewee.TextField(default="")

    class Meta:
        """What is open, and all, by day."""

        indexes = ((("state", "due_on", "id"), False), (("due_on", "id"), False))


class Document(Table):
    """One document; people see its id as DOC-id."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    title = peewee.TextField()
    state = peewee.TextField()
    """`draft`, `review`, `approved`, `superseded`, `withdrawn` or `destroyed`."""
    level = peewee.TextField()
    """`public`, `internal`, `confidential` or `secret`."""
    document_class = peewee.ForeignKeyField(
        DocumentClass, null=True, column_name="class_id", on_delete="RESTRICT"
    )
    owner = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    contract = peewee.ForeignKeyField(Contract, null=True, on_delete="SET NULL")
    reference = peewee.TextField(default="")
    amount = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    dated_on = DayField(null=True)
    expires_on = DayField(null=True)
    """Its last day."""
    review_on = DayField(null=True)
    """When somebody is to look at it again."""
    note = peewee.TextField(default="")
    latest = peewee.IntegerField(default=0)
    """The number of the last version."""
    approved_version = peewee.IntegerField(default=0)
    approved_on = DayField(null=True)
    closed_on = DayField(null=True)
    """When it was superseded or withdrawn."""
    reason = peewee.TextField(default="")
    successor = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
    round = peewee.IntegerField(default=0)
    """How often it was handed over to a review."""
    in_order = peewee.BooleanField(default=False)
    """Whether its reviewers come one after the other."""
    kept_until = DayField(null=True)
    """Longer than the rule says, as somebody decided."""
    due_on = DayField(null=True)
    """From when on it may be destroyed or is to be looked at; follows from its class."""
    due_then = peewee.TextField(default="")
    created_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    created_at = InstantField()
    updated_at = InstantField()
    external_key = peewee.TextField(null=True, unique=True)
    """The number in the register that it was imported from."""

    class Meta:
        """The list, newest first; what may be destroyed; what ends."""

        indexes = (
            (("updated_at", "id"), False),
            (("due_on", "id"), False),
            (("expires_on", "id"), False),
            (("document_class", "updated_at", "id"), False),
            (("title", "id"), False),
            (("dated_on", "id"), False),
        )


class DocumentVersion(Table):
    """A file of a document as it came; its content lies under its hash."""

    id = peewee.AutoField()
    document = peewee.ForeignKeyField(Document, index=False, on_delete="RESTRICT")
    number = peewee.IntegerField()
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    note = peewee.TextField(default="")
    added_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    added_at = InstantField()
    text = peewee.TextField(default="")
    """What was read of it for the search."""
    text_state = peewee.TextField()
    """`waiting`, `read`, `cut`, `empty`, `unknown` or `failed`."""
    text_why = peewee.TextField(default="")
    removed_at = InstantField(null=True)
    """When its content was destroyed."""

    class Meta:
        """Read by document, in order."""

        indexes = ((("document", "number"), True),)


class DocumentReader(Table):
    """Somebody who may read a document whatever its level."""

    document = peewee.ForeignKeyField(Document, index=False, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, index=False, on_delete="CASCADE")

    class Meta:
        """Read from both sides."""

        primary_key = peewee.CompositeKey("document", "user")
        indexes = ((("user", "document"), False),)


class DocumentTag(Table):
    """A tag on a document."""

    document = peewee.ForeignKeyField(Document, index=False, on_delete="CASCADE")
    tag = peewee.ForeignKeyField(Tag, index=False, on_delete="CASCADE")

    class Meta:
        """Read from both sides."""

        primary_key = peewee.CompositeKey("document", "tag")
        indexes = ((("tag", "document"), False),)


class DocumentReview(Table):
    """Somebody asked to approve a version, and what they said."""

    id = peewee.AutoField()
    document = peewee.ForeignKeyField(Document, index=False, on_delete="CASCADE")
    round = peewee.IntegerField()
    place = peewee.IntegerField()
    user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    number = peewee.IntegerField()
    """Of the version."""
    decision = peewee.TextField(default="")
    """`approved`, `rejected`, or empty while it waits."""
    comment = peewee.TextField(default="")
    at = InstantField(null=True)

    class Meta:
        """Each person once in a round."""

        indexes = ((("document", "round", "place"), True),)


class DocumentLink(Table):
    """A document or a contract at a record of another feature."""

    id = peewee.AutoField()
    document = peewee.ForeignKeyField(Document, null=True, on_delete="CASCADE")
    contract = peewee.ForeignKeyField(Contract, null=True, on_delete="CASCADE")
    feature = peewee.TextField()
    record_id = peewee.IntegerField()

    class Meta:
        """Read from the other side too."""

        indexes = ((("feature", "record_id", "id"), False),)


class LegalHold(Table):
    """A document that is not destroyed, whatever its rule says; never removed."""

    id = peewee.AutoField()
    document = peewee.ForeignKeyField(Document, on_delete="RESTRICT")
    matter = peewee.TextField()
    reason = peewee.TextField()
    from_on = DayField()
    until_on = DayField(null=True)
    put_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = InstantField()
    released_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    released_at = InstantField(null=True)
    release_reason = peewee.TextField(default="")


class Destruction(Table):
    """What one person proposed to destroy and another confirmed; never removed."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    state = peewee.TextField()
    """`proposed`, `done` or `refused`."""
    reason = peewee.TextField()
    proposed_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    proposed_at = InstantField()
    decided_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    decided_at = InstantField(null=True)
    comment = peewee.TextField(default="")


class DestructionLine(Table):
    """A document of a destruction, as it was, with the rule that let it go."""

    id = peewee.AutoField()
    destruction = peewee.ForeignKeyField(Destruction, on_delete="CASCADE")
    document = peewee.ForeignKeyField(Document, on_delete="RESTRICT")
    title = peewee.TextField()
    class_code = peewee.TextField(default="")
    rule = peewee.TextField(default="")
    due_on = DayField(null=True)
    files = peewee.TextField(default="")
    """Name, size and hash of each version, a line for each."""
    shared = peewee.IntegerField(default=0)
    """Files whose content stays, because another record has the same."""
