"""What can go wrong with the database itself, each with a sentence for people.

The sentences are English; whoever speaks other languages says so once, with `speak_with`.
"""

from collections.abc import Callable

_translate: Callable[[str], str] = str


def speak_with(translate: Callable[[str], str]) -> None:
    """Let every sentence go through `translate` when it is told."""
    global _translate
    _translate = translate


def N_(sentence: str) -> str:  # noqa: N802 - the name that translation tools know
    """Mark a sentence for translation and return it unchanged."""
    return sentence


class StorageError(Exception):
    """The database refused or could not be reached; the sentence says what to do.

    Args:
        sentence: In English, with names in braces for the facts.
        facts: What stands for those names.
    """

    def __init__(self, sentence: str = "", **facts: str) -> None:
        super().__init__(sentence)
        self.facts = facts

    def __str__(self) -> str:
        """Return the sentence in the language of whoever reads it."""
        sentence = _translate(str(self.args[0]))
        facts = {name: _translate(fact) for name, fact in self.facts.items()}
        return sentence.format(**facts) if facts else sentence


class DatabaseFullError(StorageError):
    """No room is left where the database lies."""

    def __init__(self) -> None:
        super().__init__(N_("The disk of the database is full; nothing was saved. Free some room."))


class DatabaseReadOnlyError(StorageError):
    """The database can be read but not written."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The database cannot be written; nothing was saved. Check the permissions of its "
                "file and folder, and that the disk is not mounted read-only."
            )
        )


class DatabaseBusyError(StorageError):
    """Another program held the database for too long, or two writers collided."""

    def __init__(self) -> None:
        super().__init__(N_("The database is busy; nothing was saved. Try again in a moment."))


class CollisionError(DatabaseBusyError):
    """Two writers collided and this one lost; run again, it may succeed at once."""


class DatabaseUnreachableError(StorageError):
    """The database could not be opened."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            N_("The database {where} cannot be opened: {reason}."), where=where, reason=reason
        )


class DatabaseLostError(DatabaseUnreachableError):
    """The database went away while it was used."""

    def __init__(self, where: str, reason: str) -> None:
        StorageError.__init__(
            self,
            N_(
                "The database {where} cannot be reached any more: {reason}. Look whether your last "
                "change is there, and try again."
            ),
            where=where,
            reason=reason,
        )


class NotADatabaseError(StorageError):
    """The file is damaged or something else than a database."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The file is not a database or is damaged; nothing was changed. Name another file, "
                "or put back a backup."
            )
        )


class OtherDatabaseError(StorageError):
    """The file is a database, but not one of boconsole."""

    def __init__(self, where: str) -> None:
        super().__init__(
            N_("{where} is a database of another program; nothing was changed. Name another file."),
            where=where,
        )


class NewerDatabaseError(StorageError):
    """The database was upgraded by a later version of the program."""

    def __init__(self, migration: str) -> None:
        super().__init__(
            N_(
                "The database was upgraded by a newer version of boconsole (it has {migration}); "
                "nothing was changed. Upgrade boconsole to open it."
            ),
            migration=migration,
        )


class DriverMissingError(StorageError):
    """PostgreSQL was asked for without its driver."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "PostgreSQL needs its driver. Install it with: "
                "pipx inject boconsole 'psycopg[binary]'."
            )
        )


class UnstorableTextError(StorageError):
    """A text has characters that no database keeps: NUL, or half of a surrogate pair."""

    def __init__(self) -> None:
        super().__init__(N_("The text holds characters that cannot be kept; type it again."))


class DuplicateError(StorageError):
    """A value that must be unique is there already."""


class InterruptedReadError(StorageError):
    """The statement was cancelled because its answer is no longer wanted."""

    def __init__(self) -> None:
        super().__init__(N_("The search was stopped."))
