"""Roles and the permissions each one gives, by area and verb."""

TICKET = ("ticket.read", "ticket.create", "ticket.edit", "ticket.reply", "ticket.merge")
AUDITOR = ("ticket.read", "contact.read", "audit.read")

ROLES: dict[str, frozenset[str]] = {
    "agent": frozenset((*TICKET, "contact.read", "contact.edit", "view.share")),
    "auditor": frozenset(AUDITOR),
    "executive": frozenset(("ticket.read", "contact.read")),
    "admin": frozenset(
        (
            *TICKET,
            *AUDITOR,
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
