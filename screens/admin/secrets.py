"""Where secrets are typed and shown: nothing of it is kept as a draft, said, or written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from boconsole.language import _
from screens.cells import safe
from screens.dialogs import LEAVE, Dialog
from screens.widgets.bars import HeaderLine, Heading

Values = Mapping[str, str]


class SecretsDialog(Dialog[Values]):
    """A few lines that show dots for what is typed.

    Args:
        title: What is asked.
        lines: Name and label of each.
        about: Sentences above them.
        check: Answers what is wrong with the values, "" when they are fine.
    """

    CSS_PATH = "../styles/admin.tcss"

    def __init__(
        self,
        title: str,
        lines: Sequence[tuple[str, str]],
        about: Sequence[str],
        check: Callable[[Values], str],
    ) -> None:
        super().__init__(title, _("enter goes on, at the end it saves   esc leaves"))
        self._lines = lines
        self._about = about
        self._check = check

    def body(self) -> ComposeResult:
        """Yield the sentences, the lines, and a place for what is wrong."""
        yield Static(Text("\n".join(safe(text) for text in self._about)), classes="about")
        for name, label in self._lines:
            yield Label(Text(safe(label)))
            entry = Input(password=True, compact=True, id=name)
            entry.cursor_blink = False
            yield entry
        yield Static(id="problem", classes="problem")

    @property
    def values(self) -> Values:
        """What is typed."""
        return {name: self.query_one(f"#{name}", Input).value for name, _label in self._lines}

    @on(Input.Changed)
    def _changed(self) -> None:
        self.query_one("#problem", Static).update(Text())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id != self._lines[-1][0]:
            self.focus_next()
        elif problem := self._check(self.values):
            self.query_one("#problem", Static).update(Text(safe(problem)))
        else:
            self.dismiss(self.values)


class ShownOnceDialog(Dialog[None]):
    """A secret that is shown until the box is closed, and never again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "leave", "Close", show=False)]
    CSS_PATH = "../styles/admin.tcss"

    def __init__(self, title: str, secret: str, about: Sequence[str]) -> None:
        super().__init__(title, _("enter closes; it is not shown again"))
        self._secret = secret
        self._about = about

    def body(self) -> ComposeResult:
        """Yield the secret and what it is good for."""
        yield Static(Text(self._secret, "bold"), id="secret")
        yield Static(Text("\n".join(safe(text) for text in self._about)), classes="about")


class CodeScreen(ModalScreen[str]):
    """A secret for one-time codes as a picture and as text; answers with the first code.

    Args:
        lines: The picture in block characters, light on dark.
        secret: As it can be typed into an app.
        uri: What the picture says.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding(LEAVE, "leave", "Leave")]
    CSS_PATH = "../styles/admin.tcss"

    def __init__(self, lines: Sequence[str], secret: str, uri: str) -> None:
        super().__init__(classes="page")
        self._picture = lines
        self._secret = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        self._uri = uri

    def compose(self) -> ComposeResult:
        """Lay out the picture, the words beside it, and the line for the code."""
        bar = HeaderLine()
        bar.heading = Heading(area=_("One-time codes"))
        yield bar
        with Horizontal(id="code"):
            yield Static(Text("\n".join(self._picture), "white on black"), id="qr")
            with Vertical(id="told"):
                yield Static(Text(_("Scan it with an app for one-time codes, or type there:")))
                yield Static(Text(f"\n{self._secret}\n", "bold"))
                yield Static(Text(_("Then type the six digits that the app shows:")))
                entry = Input(compact=True, max_length=7, id="digits")
                entry.cursor_blink = False
                yield entry
                yield Static(Text(f"\n{self._uri}", "dim"))
        yield Static(Text(" " + _("enter takes   esc leaves")), classes="hints")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
