"""The characters of a query: blanks, names, values, quotes.

A reader only moves forward, and every refusal names the column where reading stopped.
"""

import re

from boconsole.errors import QuerySyntaxError
from boconsole.filters.syntax import Range, Value
from boconsole.language import _, grouped
from boconsole.text import UNSAFE

MAX_LENGTH = 10_000
QUOTES = "\"'"
FIELD = re.compile(r"([^\W\d][\w.\-]*)(:|>=|<=|!=|>|<|=|~)(?!//)")
OPERATOR = re.compile(r">=|<=|>|<|~")
WORD = re.compile(r"[^\s()]+")
ATOM = re.compile(r"(?:(?!\.\.)[^\s,()])+")
BLANK = re.compile(r"\s*")
PIPE = re.compile(r"\|(?=\s|$)")


class Reader:
    """A position in the text of a query."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise QuerySyntaxError(
                _("expected at most {max_length} characters").format(
                    max_length=grouped(MAX_LENGTH)
                ),
                MAX_LENGTH,
            )
        if unsafe := UNSAFE.search(text):
            raise QuerySyntaxError(
                _("expected letters; take out the invisible character"), unsafe.start()
            )
        self.text = text
        self.at = 0

    def skip(self) -> bool:
        """Go past blanks; returns whether anything is left."""
        match = BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def peek(self) -> str:
        """Return the next character, empty at the end."""
        return self.text[self.at : self.at + 1]

    def looking_at(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the match of a pattern here, without moving."""
        return pattern.match(self.text, self.at)

    def take(self, pattern: re.Pattern[str]) -> str:
        """Move past a pattern and return it; empty when it is not here."""
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()

    def take_char(self, char: str) -> bool:
        """Move past one character if it is next."""
        if self.peek() != char:
            return False
        self.at += 1
        return True

    def ended(self) -> bool:
        """Return whether a token ends here."""
        return not self.peek() or self.peek().isspace() or self.peek() in "()"

    def take_quoted(self) -> str:
        r"""Read a text in quotes; \ keeps the next character as it is."""
        start, mark = self.at, self.peek()
        self.at += 1
        found: list[str] = []
        while char := self.peek():
            self.at += 1
            if char == mark:
                return "".join(found)
            if char == "\\" and self.peek():
                char = self.peek()
                self.at += 1
            found.append(char)
        raise QuerySyntaxError(_("expected a closing {mark}").format(mark=mark), start)

    def take_atom(self, until: str = "") -> Value | None:
        """Read one value, in quotes or up to a blank, comma, bracket or `..`."""
        column = self.at
        if self.peek() and self.peek() in QUOTES:
            return Value(self.take_quoted(), quoted=True, column=column)
        if self.peek() == "+" and self.text[self.at + 1 : self.at + 2] in ('"', "'"):
            self.at += 1
            return Value(self.take_quoted(), quoted=True, plus=True, column=column)
        text = self.take(ATOM)
        if until and until in text:
            cut = text.rindex(until)
            self.at -= len(text) - cut
            text = text[:cut]
        return Value(text, column=column) if text else None

    def take_item(self, what: str) -> Value | Range:
        """Read a value or a range."""
        column = self.at
        low = self.take_atom()
        if self.text.startswith("..", self.at):
            self.at += 2
            high = self.take_atom()
            if low is None and high is None:
                raise QuerySyntaxError(_("expected a value before or after .."), column)
            return Range(low, high, column)
        if low is None:
            raise QuerySyntaxError(_("expected a value of {what}").format(what=what), column)
        return low

    def take_items(self, what: str) -> tuple[Value | Range, ...]:
        """Read values separated by commas, up to the end of the token."""
        items = [self.take_item(what)]
        while self.take_char(","):
            items.append(self.take_item(what))
        self.expect_end()
        return tuple(items)

    def expect_end(self) -> None:
        """Raise QuerySyntaxError unless the token ends here."""
        if not self.ended():
            raise QuerySyntaxError(_("expected a blank or a comma"), self.at)
