"""Parameters as one line: `by:queue since:2026-01-01 until:2026-03-31 prio:high`."""

import re
from dataclasses import replace

from boconsole.filters.complete import Completion, word_for
from boconsole.reports.running import Parameters
from boconsole.reports.shapes import Report

WORDS = ("by", "since", "until", "of")
OWN = re.compile(r'(?:^|(?<=\s))(by|since|until|of):([^\s"()]*|"[^"]*")(?=\s|$)', re.IGNORECASE)
ESCAPED = re.compile(r"\\(.)")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def read(line: str) -> Parameters:
    """Return the parameters of a line; what is not one of ours belongs to the query."""
    hidden = QUOTED.sub(lambda found: '"' + "." * (len(found[0]) - 2) + '"', line)
    found = Parameters()
    query, at = "", 0
    for match in OWN.finditer(hidden):
        name = {"since": "starts", "until": "ends"}.get(match[1].lower(), match[1].lower())
        value = line[match.start(2) : match.end(2)]
        if value.startswith('"'):
            value = ESCAPED.sub(r"\1", value[1:-1])
        found = replace(found, **{name: value})
        query += line[at : match.start()]
        at = match.end()
    return replace(found, query=" ".join((query + line[at:]).split()))


def write(parameters: Parameters) -> str:
    """Return the line that reads as some parameters."""
    of = word_for(parameters.of) if parameters.of else ""
    own = zip(WORDS, (parameters.by, parameters.starts, parameters.ends, of), strict=True)
    return " ".join((*(f"{name}:{value}" for name, value in own if value),
                     *filter(None, (parameters.query,))))  # fmt: skip


def complete(line: str, caret: int, report: Report) -> Completion | None:
    """Return what could stand at the caret, where it is in a word of ours."""
    start = line.rfind(" ", 0, caret) + 1
    token = line[start:caret].lower()
    name, colon, typed = token.partition(":")
    if colon and name == "by":
        return Completion(start + 3, caret, tuple(by for by in report.by if by.startswith(typed)))
    words = tuple(f"{word}:" for word in _words(report) if word.startswith(token))
    return Completion(start, caret, words) if words and not colon else None


def _words(report: Report) -> tuple[str, ...]:
    return (*(("by",) if report.by else ()), *(("since", "until") if report.spans else ()))
