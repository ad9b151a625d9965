"""Queries on classes and destructions: registers that are read whole."""

from boconsole.filters.whole import Has, Register
from boconsole.registry import words
from boconsole.registry.classes import Node
from db.registry.rows import DestructionRow

CLASSES: Register[Node] = Register(
    text=lambda node: f"{node.row.code}\n{node.row.name}\n{node.row.keep_why}",
    fields={
        "code": Has(lambda node: node.row.code),
        "name": Has(lambda node: node.row.name),
        "documents": Has(lambda node: node.row.documents, "number"),
    },
)
DESTRUCTIONS: Register[DestructionRow] = Register(
    text=lambda row: f"{words.destruction_number(row.id)}\n{row.reason}\n{row.proposed_by}",
    fields={
        "number": Has(lambda row: words.destruction_number(row.id)),
        "state": Has(lambda row: row.state, "choice", ("proposed", "done", "refused")),
        "by": Has(lambda row: row.proposed_by),
    },
)
