"""Roles and the permissions each one gives, by area and verb."""

TICKET = ("ticket.read", "ticket.create", "ticket.edit", "ticket.reply", "ticket.merge")
LEDGER_READ = (
    "ledger.read", "ledger.export", "account.read", "budget.read", "commodity.read", "period.read",
    "ledger_import.read", "invoice.read", "payment.read", "tax.read",
    "bank.read", "bank_account.read", "bank_statement.read",
    "fixed_asset.read", "fixed_asset_class.read",
)  # fmt: skip
ACCOUNTANT = (
    *LEDGER_READ, "invoice.prepare", "invoice.issue", "payment.prepare", "payment.post",
    "ledger.prepare", "ledger.post", "ledger.reverse", "ledger.close",
    "ledger.import", "bank.import", "bank.match", "fixed_asset.edit",
)  # fmt: skip
APPROVER = (
    *LEDGER_READ, "ledger.approve", "ledger.reopen", "invoice.approve", "payment.approve",
)  # fmt: skip
AUDITOR = ("ticket.read", "contact.read", "audit.read", *LEDGER_READ)

ROLES: dict[str, frozenset[str]] = {
    "agent": frozenset((*TICKET, "contact.read", "contact.edit", "view.share")),
    "accountant": frozenset((*ACCOUNTANT, "contact.read", "contact.edit")),
    "approver": frozenset((*APPROVER, "contact.read")),
    "auditor": frozenset(AUDITOR),
    "executive": frozenset(("ticket.read", "contact.read", *LEDGER_READ)),
    "admin": frozenset(
        (
            *TICKET,
            *AUDITOR,
            *ACCOUNTANT,
            *APPROVER,
            "ledger.configure",
            "tax.configure",
            "fixed_asset.configure",
            "ticket.import",
            "ticket.configure",
            "contact.edit",
            "sla.configure",
            "user.edit",
            "view.share",
        )
    ),
}


def permissions_of(roles: tuple[str, ...]) -> frozenset[str]:
    """Return everything that any of the roles allows; unknown roles allow nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))
