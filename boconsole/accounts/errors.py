"""What is refused about accounts."""

from boconsole.errors import BoconsoleError
from boconsole.language import _, ngettext


class LastAdminError(BoconsoleError):
    """Nobody would be left who looks after the accounts."""

    def __init__(self, login: str) -> None:
        super().__init__(
            _(
                "{login} is the last active administrator; make another one first."
            ).format(login=login)
        )  # fmt: skip


class OwnAccountError(BoconsoleError):
    """Somebody else has to do this to one's own account."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody changes the roles of their own account, disables it or resets its "
                "password; ask another administrator."
            )
        )


class AdminOnlyError(BoconsoleError):
    """Administrators are looked after by administrators."""

    def __init__(self, login: str) -> None:
        super().__init__(
            _(
                "Only an administrator may do this to {login}, or give a role that may look "
                "after accounts."
            ).format(login=login)
        )


class KeyTakenError(BoconsoleError):
    """A key opens one account."""

    def __init__(self, owner: str) -> None:
        super().__init__(
            _("This key belongs to {owner} already; a key opens one account.").format(owner=owner)
        )


class RoleHeldError(BoconsoleError):
    """A role that somebody holds is not removed."""

    def __init__(self, name: str, holders: int) -> None:
        super().__init__(
            ngettext(
                "{count} account holds {name}; take it away first: role:{name}",
                "{count} accounts hold {name}; take it away first: role:{name}",
                holders,
            ).format(count=holders, name=name)
        )
