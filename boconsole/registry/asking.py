"""Queries on contracts, obligations, classes and what is due: registers that are read whole."""

from boconsole.filters.whole import Has, Register
from boconsole.registry import words
from boconsole.registry.classes import Node
from boconsole.registry.destroying import Due
from db.registry.rows import ContractRow, DestructionRow, ObligationRow

CONTRACTS: Register[ContractRow] = Register(
    text=lambda row: f"{words.contract_number(row.id)}\n{row.title}\n{row.counterpart}\n"
                     f"{row.reference}\n{row.note}",
    fields={
        "number": Has(lambda row: words.contract_number(row.id)),
        "title": Has(lambda row: row.title),
        "state": Has(lambda row: row.state, "choice", tuple(words.CONTRACT_STATES)),
        "kind": Has(lambda row: row.kind, "choice", tuple(words.KINDS)),
        "renewal": Has(lambda row: row.renewal, "choice", tuple(words.RENEWALS)),
        "with": Has(lambda row: row.counterpart),
        "owner": Has(lambda row: row.owner),
        "start": Has(lambda row: row.start_on, "day"),
        "end": Has(lambda row: row.end_on, "day"),
        "notice": Has(lambda row: row.notice_on, "day"),
        "term": Has(lambda row: row.term, "number"),
        "open": Has(lambda row: row.obligations, "number"),
    },
    usual=lambda row: row.state != words.ENDED,
)  # fmt: skip
OBLIGATIONS: Register[ObligationRow] = Register(
    text=lambda row: f"{row.title}\n{row.contract}\n{row.note}",
    fields={
        "title": Has(lambda row: row.title),
        "contract": Has(lambda row: words.contract_number(row.contract_id)),
        "side": Has(lambda row: row.side, "choice", tuple(words.SIDES)),
        "owner": Has(lambda row: row.owner),
        "due": Has(lambda row: row.due_on, "day"),
        "state": Has(lambda row: row.state, "choice", tuple(words.OBLIGATION_STATES)),
    },
    usual=lambda row: row.state == "open",
)
CLASSES: Register[Node] = Register(
    text=lambda node: f"{node.row.code}\n{node.row.name}\n{node.row.keep_why}",
    fields={
        "code": Has(lambda node: node.row.code),
        "name": Has(lambda node: node.row.name),
        "documents": Has(lambda node: node.row.documents, "number"),
    },
)
DUE: Register[Due] = Register(
    text=lambda one: f"{words.number(one.row.id)}\n{one.row.title}\n{one.rule}\n{one.held}",
    fields={
        "number": Has(lambda one: words.number(one.row.id)),
        "title": Has(lambda one: one.row.title),
        "class": Has(lambda one: one.row.class_code),
        "due": Has(lambda one: one.row.due_on, "day"),
        "then": Has(lambda one: one.row.due_then, "choice", tuple(words.THEN)),
        "level": Has(lambda one: one.row.level, "choice", tuple(words.LEVELS)),
    },
    flags={"held": lambda one: bool(one.held), "proposed": lambda one: one.proposed},
)
DESTRUCTIONS: Register[DestructionRow] = Register(
    text=lambda row: f"{words.destruction_number(row.id)}\n{row.reason}\n{row.proposed_by}",
    fields={
        "number": Has(lambda row: words.destruction_number(row.id)),
        "state": Has(lambda row: row.state, "choice", ("proposed", "done", "refused")),
        "by": Has(lambda row: row.proposed_by),
    },
)
