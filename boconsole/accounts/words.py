"""Roles and permissions in words.

A permission is `area.verb`; its words are those of the area and of the verb, so that a new one
reads well as soon as both are known here, and shows as it is until then.
"""

from collections.abc import Iterable

from boconsole.language import N_, _
from boconsole.roles import ROLES

ROLE_TITLES = {
    "admin": N_("Administrator"), "agent": N_("Agent"), "editor": N_("Editor"),
    "asset_manager": N_("Asset manager"), "hr_officer": N_("HR officer"),
    "accountant": N_("Accountant"), "approver": N_("Approver"),
    "project_manager": N_("Project manager"), "executive": N_("Executive"),
    "auditor": N_("Auditor"),
}  # fmt: skip
ROLE_ABOUT = {
    "admin": N_("Sets everything up and looks after the accounts."),
    "agent": N_("Works on tickets and answers them."),
    "editor": N_("Writes and publishes articles."),
    "asset_manager": N_("Looks after what is lent and where it is."),
    "hr_officer": N_("Looks after staff."),
    "accountant": N_("Prepares and posts in the books."),
    "approver": N_("Approves what others have prepared."),
    "project_manager": N_("Plans projects and follows them."),
    "executive": N_("Reads tickets, contacts and the books."),
    "auditor": N_("Reads everything with the audit trail, changes nothing."),
}
AREA_WORDS = {
    "account": N_("chart of accounts"), "asset": N_("assets"), "audit": N_("audit trail"),
    "bank": N_("bank"), "bank_account": N_("bank accounts"),
    "bank_statement": N_("bank statements"), "budget": N_("budgets"),
    "commodity": N_("currencies"), "contact": N_("contacts"), "database": N_("database"),
    "document": N_("documents"), "fixed_asset": N_("fixed assets"),
    "fixed_asset_class": N_("classes of fixed assets"), "invoice": N_("invoices and bills"),
    "knowledge": N_("knowledge"), "ledger": N_("books"), "ledger_import": N_("imported journals"),
    "licence": N_("licences"), "mail": N_("mail"), "payment": N_("payments"),
    "payroll": N_("payroll"), "period": N_("periods"), "project": N_("projects"),
    "report": N_("reports"), "role": N_("roles"), "salary": N_("salaries"),
    "sla": N_("service levels"), "staff": N_("staff"), "stock": N_("stock"), "tax": N_("taxes"),
    "ticket": N_("tickets"), "user": N_("accounts of people"), "view": N_("views"),
}  # fmt: skip
VERB_WORDS = {
    "approve": N_("approve"), "assign": N_("assign"), "backup": N_("back up"), "close": N_("close"),
    "configure": N_("set up"), "create": N_("make new ones"), "edit": N_("change"),
    "export": N_("export"), "import": N_("import"), "issue": N_("issue"),
    "key": N_("see keys"), "lend": N_("lend"),
    "match": N_("match"), "merge": N_("merge"), "move": N_("move"), "post": N_("post"),
    "prepare": N_("prepare"), "publish": N_("publish"), "read": N_("read"),
    "reopen": N_("open again"), "reply": N_("reply"), "restore": N_("restore"),
    "reverse": N_("reverse"), "share": N_("share"),
}  # fmt: skip


def role_title(name: str) -> str:
    """Return what a role is called; an organisation's own ones are called as it named them."""
    return _(ROLE_TITLES[name]) if name in ROLE_TITLES else name


def role_about(name: str) -> str:
    """Return what a built-in role is for."""
    return _(ROLE_ABOUT[name]) if name in ROLE_ABOUT else ""


def permissions() -> tuple[str, ...]:
    """Return every permission that a built-in role gives, sorted."""
    return tuple(sorted(frozenset().union(*ROLES.values())))


def area_word(permission: str) -> str:
    """Return the area of a permission in words."""
    area = permission.partition(".")[0]
    return _(AREA_WORDS[area]) if area in AREA_WORDS else area


def verb_word(permission: str) -> str:
    """Return the verb of a permission in words."""
    verb = permission.partition(".")[2]
    return _(VERB_WORDS[verb]) if verb in VERB_WORDS else verb


def told(held: Iterable[str]) -> list[tuple[str, str]]:
    """Return what permissions allow: an area in words, and its verbs with commas."""
    by_area: dict[str, list[str]] = {}
    for permission in sorted(held):
        by_area.setdefault(area_word(permission), []).append(verb_word(permission))
    return sorted((area, ", ".join(verbs)) for area, verbs in by_area.items())
