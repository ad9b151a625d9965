"""Roles and the permissions each one gives, by area and verb."""

TICKET = ("ticket.read", "ticket.create", "ticket.edit", "ticket.reply", "ticket.merge")
KNOWLEDGE = ("knowledge.read", "knowledge.edit")
LEDGER_READ = (
    "ledger.read", "ledger.export", "account.read", "budget.read", "commodity.read", "period.read",
    "ledger_import.read", "invoice.read", "payment.read", "tax.read",
    "bank.read", "bank_account.read", "bank_statement.read",
    "fixed_asset.read", "fixed_asset_class.read",
)  # fmt: skip
ACCOUNTANT = (
    *LEDGER_READ, "assessment.read", "assessment.edit",
    "invoice.prepare", "invoice.issue", "payment.prepare", "payment.post",
    "ledger.prepare", "ledger.post", "ledger.reverse", "ledger.close",
    "ledger.import", "bank.import", "bank.match", "fixed_asset.edit",
)  # fmt: skip
APPROVER = (
    *LEDGER_READ, "ledger.approve", "ledger.reopen", "bank.reopen", "invoice.approve",
    "payment.approve",
)  # fmt: skip
ASSET_USE = ("asset.read", "asset.lend", "asset.service")
ASSET_MANAGE = (*ASSET_USE, "asset.edit", "asset.configure")
STOCK_READ = ("licence.read", "stock.read")
STOCK_USE = (*STOCK_READ, "licence.assign", "stock.assign")
STOCK_MANAGE = (*STOCK_USE, "licence.edit", "licence.key", "licence.import", "stock.edit")
STAFF = (
    "staff.read", "staff.edit", "staff.personal", "staff.pay", "staff.bank", "staff.identity",
    "staff.health", "staff.notes", "staff.documents", "staff.appraisals", "training.edit",
)  # fmt: skip
"""`staff.read` shows the directory; each private group has a permission of its own."""
LEAVE = (
    "leave.read", "leave.edit", "leave.approve", "leave.configure", "attendance.read",
    "attendance.edit", "overtime.read",
)  # fmt: skip
"""Everybody asks for their own leave, and managers decide about those below, without any."""
RECRUITMENT = ("recruitment.read", "recruitment.edit", "recruitment.approve")
"""Managers see the candidates of their openings without any; offers also need `staff.pay`."""
PROJECT_USE = ("project.read", "task.read", "task.edit", "time.log")
PROJECT_MANAGE = (*PROJECT_USE, "project.edit", "time.read", "time.edit", "time.configure")
PAYROLL = ("payroll.read", "payroll.prepare")
"""Whoever prepares a pay run does not approve it; `payroll.read` shows what everyone earns."""
ASSESSMENT = ("assessment.read", "assessment.edit")
AUDITOR = (
    "assessment.read",
    "project.read", "task.read", "time.read",
    "ticket.read", "knowledge.read", "contact.read", "audit.read", "user.read", *STOCK_READ,
    "asset.read",
    *LEDGER_READ,
)  # fmt: skip

ROLES: dict[str, frozenset[str]] = {
    "agent": frozenset(
        (
            *TICKET,
            *KNOWLEDGE,
            *STOCK_USE,
            *ASSET_USE,
            *PROJECT_USE,
            "contact.read",
            "contact.edit",
            "view.share",
        )
    ),
    "editor": frozenset((*KNOWLEDGE, "knowledge.publish", "ticket.read", "view.share")),
    "asset_manager": frozenset(
        (*STOCK_MANAGE, *ASSET_MANAGE, *ASSESSMENT, "ticket.read", "contact.read", "view.share")
    ),
    "hr_officer": frozenset(
        (
            *STAFF,
            *RECRUITMENT,
            *PAYROLL,
            *LEAVE,
            "ticket.read",
            "asset.read",
            "contact.read",
            "view.share",
        )
    ),
    "project_manager": frozenset(
        (*PROJECT_MANAGE, *ASSESSMENT, "staff.read", "ticket.read", "contact.read", "view.share")
    ),
    "accountant": frozenset((*ACCOUNTANT, "payroll.post", "contact.read", "contact.edit")),
    "approver": frozenset((*APPROVER, "payroll.approve", "payroll.read", "contact.read")),
    "auditor": frozenset(AUDITOR),
    "executive": frozenset(
        (
            "assessment.read",
            "staff.read",
            "ticket.read",
            "asset.read",
            "contact.read",
            "project.read",
            "task.read",
            "time.read",
            *LEDGER_READ,
        )
    ),
    "admin": frozenset(
        (
            *TICKET,
            *AUDITOR,
            *ACCOUNTANT,
            *APPROVER,
            *STOCK_MANAGE,
            *ASSET_MANAGE,
            *PROJECT_MANAGE,
            "assessment.configure",
            "leave.configure",
            "ledger.configure",
            "tax.configure",
            "fixed_asset.configure",
            "ticket.import",
            "ticket.configure",
            *KNOWLEDGE,
            "knowledge.publish",
            "mail.configure",
            "contact.edit",
            "contact.forget",
            "staff.read",
            "staff.edit",
            "payroll.configure",
            "appraisal.reopen",
            "sla.configure",
            "user.edit",
            "role.edit",
            "database.move",
            "database.backup",
            "database.restore",
            "view.share",
        )
    ),
}

DOCUMENT_READ = ("document.read", "contract.read")
DOCUMENT_EDIT = (*DOCUMENT_READ, "document.edit", "contract.edit")
DOCUMENT_MANAGE = (
    *DOCUMENT_EDIT, "document.confidential", "document.hold", "document.destroy",
    "document.configure",
)  # fmt: skip
"""Whoever proposes to destroy documents does not confirm it; secret ones need to be named."""
REGISTRY = {
    "agent": DOCUMENT_READ,
    "editor": DOCUMENT_EDIT,
    "asset_manager": DOCUMENT_EDIT,
    "hr_officer": DOCUMENT_EDIT,
    "project_manager": DOCUMENT_EDIT,
    "accountant": DOCUMENT_EDIT,
    "approver": (*DOCUMENT_READ, "document.confidential", "document.destroy"),
    "auditor": (*DOCUMENT_READ, "document.confidential"),
    "executive": (*DOCUMENT_READ, "document.confidential", "document.hold"),
    "admin": DOCUMENT_MANAGE,
}
ROLES |= {role: ROLES[role] | frozenset(given) for role, given in REGISTRY.items()}


def permissions_of(roles: tuple[str, ...]) -> frozenset[str]:
    """Return everything that any of the roles allows; unknown roles allow nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))
