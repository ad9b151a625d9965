"""The key on a statement that asks how a number came to be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from boconsole.language import _
from boconsole.ledger.statements.asking import Asked
from boconsole.ledger.statements.shapes import Statement
from screens.dialogs import Choice, MenuDialog
from screens.ledger import statement_layout
from screens.ledger.statement_lines import Line

if TYPE_CHECKING:
    from boconsole.ledger.statements.explaining import Explained
    from screens.lists import ListScreen

    Base = ListScreen[Line]
else:
    # What is mixed in before a screen must be no widget: Textual takes styles from the first.
    Base = object


class ExplainsNumbers(Base):
    """Answers the key, for the line under the cursor."""

    statement: Statement | None
    shown: Asked

    def action_explain(self) -> None:
        """Ask which number of the line is meant, and explain it."""
        row = self.row
        if row is None or row.spot is None or not row.amounts or self.statement is None:
            self.app.say(_("There is no number on this line."))
            return
        titles = {each.key: statement_layout.heading(each) for each in self.statement.columns}
        choices = [
            Choice(key, f"{_(title)}  {row.amount(key)} {row.commodity}")
            for key, title in titles.items() if key in row.amounts
        ]  # fmt: skip
        if len(choices) == 1:
            self._explain(row, choices[0].value)
            return
        dialog = MenuDialog(_("Which number?"), choices)
        self.app.push_screen(dialog, lambda key: self._explain(row, key) if key else None)

    def _explain(self, row: Line, column: str) -> None:
        from boconsole.ledger.statements import explaining

        statement = self.statement
        if statement is None or row.spot is None:
            return
        precisions = dict(statement.precisions)

        def show(found: Explained) -> None:
            from screens.ledger.explained import ExplainedScreen

            self.app.push_screen(ExplainedScreen(found, precisions))

        work = partial(
            explaining.explain, self.session, self.shown, statement, row.spot,
            row.spot.month or column, row.commodity,
        )  # fmt: skip
        self.load(work, show, group="explain")
