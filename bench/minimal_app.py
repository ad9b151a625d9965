"""The least a Textual app with a list can be: a DataTable of 100 rows."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class MinimalApp(App[None]):
    """100 rows and nothing else."""

    def compose(self) -> ComposeResult:
        """Yield the table."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns("Number", "Subject", "State", "Priority", "Assignee")
        for number in range(100):
            table.add_row(f"ROW-{number}", f"Subject of row {number}", "open", "high", "ann")


if __name__ == "__main__":
    MinimalApp().run()
