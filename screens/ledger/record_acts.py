"""How keys change records of the books, in a list and on an open one alike."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from boconsole.language import _
from boconsole.ledger.together import Ref
from boconsole.session import Session
from screens.dialogs import ConfirmDialog
from screens.shell import ShellScreen

RecordT = TypeVar("RecordT")


class RecordActs(ShellScreen, Generic[RecordT]):
    """Acts on the records that are looked at.

    Attributes:
        NOTHING: Says that there is no record to act on.
        ONE_ONLY: Says that an action works on one record at a time.
    """

    NOTHING: ClassVar[str]
    ONE_ONLY: ClassVar[str]

    @abstractmethod
    def with_refs(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Call `then` with the records an action works on."""

    @abstractmethod
    def number_of(self, record: RecordT) -> str:
        """Return the number of a record that an operation answered."""

    def changed(self) -> None:
        """React once an operation is done."""

    def gone(self) -> None:
        """React once drafts are deleted."""
        self.changed()

    def on_some(self, then: Callable[[Sequence[Ref]], object]) -> None:
        """Call `then` with the records, of which there is at least one."""

        def take(refs: Sequence[Ref]) -> None:
            if refs:
                then(refs)
            else:
                self.app.say(_(self.NOTHING))

        self.with_refs(take)

    def on_one(self, then: Callable[[Ref], object]) -> None:
        """Call `then` with the one record that an action works on."""

        def take(refs: Sequence[Ref]) -> None:
            if len(refs) > 1:
                self.app.say(_(self.ONE_ONLY))
            else:
                then(refs[0])

        self.on_some(take)

    def act(
        self,
        refs: Sequence[Ref],
        work: Callable[[Session, Sequence[Ref]], Sequence[RecordT]],
        said: str,
        many: str,
        then: Callable[[], None] | None = None,
        *,
        hints: Callable[[Session, Sequence[RecordT]], Sequence[str]] | None = None,
        others: bool = False,
    ) -> None:
        """Run an operation on records and tell it.

        Args:
            refs: Which.
            work: The operation; answers the records.
            said: The sentence about one record, with its `number`.
            many: The sentence about several, `n` of them.
            then: Called afterwards, in place of `changed`.
            hints: Finds further sentences, in the thread of the operation.
            others: Other records may change with them, as what a credit note credits.
        """

        def run() -> tuple[Sequence[RecordT], Sequence[str]]:
            done = work(self.session, refs)
            return done, hints(self.session, done) if hints else ()

        def told(found: tuple[Sequence[RecordT], Sequence[str]]) -> str:
            done, further = found
            sentence = said if len(done) == 1 else many
            number = self.number_of(done[0])
            return " ".join([sentence.format(number=number, n=len(done)), *further])

        self.change(
            run, said=told, touched=() if others else [ref.id for ref in refs],
            done=lambda _done: then() if then else self.changed(),
        )  # fmt: skip

    def ask(self, question: str, yes: str, then: Callable[[], object]) -> None:
        """Call `then` once somebody is sure."""

        def take(sure: bool | None) -> None:
            if sure:
                then()

        self.app.push_screen(ConfirmDialog(question, yes=yes), take)
