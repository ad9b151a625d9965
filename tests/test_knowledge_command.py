"""Articles by command: written, compared, published by another, folders in and out."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boconsole.doors.arguments import parse
from boconsole.doors.calls import read_call
from boconsole.doors.output import Answer
from boconsole.errors import BoconsoleError
from boconsole.knowledge import differing, markdown
from boconsole.knowledge.differing import GONE, NEW, SAME
from boconsole.knowledge.markdown import Document
from db import connection

Run = Callable[..., Answer]
VPN = ("new", "--title", "VPN drops", "--audience", "public", "--tags", "vpn")


@pytest.fixture
def knowledge(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command of the area in this process; returns its answer."""
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")

    def run(*words: str, user: str = "root", stdin: str = "") -> Answer:
        monkeypatch.setenv("BOCONSOLE_USER", user)
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        area = () if words[0] == "users" else ("knowledge",)
        call = read_call(parse(["--database", sqlite_url, *area, *words]))
        try:
            return call.command()(call)
        finally:
            connection.close_database()

    return run


def told(answer: Answer) -> str:
    return answer.text if isinstance(answer.text, str) else answer.text()


def value(answer: Answer) -> Any:
    return answer.value


def test_an_article_goes_its_way_by_command(knowledge: Run) -> None:
    made = knowledge(*VPN, "--body", "-", stdin="Set the timeout\nto 8 hours.\n")
    knowledge("users", "add", "eve", "--roles", "editor")
    knowledge("edit", "KB-1", "--body", "Set the timeout\nto 9 hours.", "--note", "9")
    knowledge("submit", "KB-1")
    with pytest.raises(BoconsoleError, match="somebody else has to publish it"):
        knowledge("publish", "KB-1")
    by_eve = knowledge("publish", "KB-1", user="eve")
    found = value(knowledge("search", "timeout"))
    compared = told(knowledge("diff", "KB-1"))
    backwards = value(knowledge("diff", "kb-1", "--from", "2", "--to", "1"))
    helped = value(knowledge("helped", "KB-1"))

    assert told(made) == "KB-1 is a draft."
    assert told(by_eve) == "KB-1 is published."
    assert [(row["number"], row["published"], row["tags"]) for row in found] == [
        ("KB-1", 2, ["vpn"])
    ]
    assert compared.splitlines()[-2:] == ["-to [-8-] hours.", "+to {+9+} hours."]
    assert [each["changed"] for each in backwards["lines"] if each["changed"]] == [["9"], ["8"]]
    assert (helped["helpful"], helped["unhelpful"]) == (1, 0)


def test_a_folder_goes_out_and_comes_in_once(knowledge: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "in", tmp_path / "out"
    (source / "net").mkdir(parents=True)
    (source / "net" / "vpn.md").write_text(
        "---\ntitle: 'VPN: it drops'\ncategory: Network / VPN\ntags:\n- vpn\n- home office\n"
        "audience: public\n---\n\nSet the *timeout*.\n"
    )
    (source / "toner.md").write_text("# Toner\n\nCupboard 4.\n")
    (source / "bad.md").write_bytes(b"\xff\xfe broken")

    tried = knowledge("import", str(source), "--dry-run")
    first = knowledge("import", str(source), "--create")
    again = knowledge("import", str(source), "--create")
    out = knowledge("export", str(target))
    back = knowledge("import", str(target))
    vpn = target / "net" / "vpn.md"
    vpn.write_text(vpn.read_text().replace("*timeout*", "timeout"))
    changed = knowledge("import", str(target))
    same = knowledge("import", str(target))
    vpn.write_text(vpn.read_text().replace("timeout", "clock"))
    stale = knowledge("import", str(target))
    shown = value(knowledge("show", "KB-1"))

    assert [counts(each) for each in (tried, again, back, changed, same)] == [
        (1, 0, 0, 2), (0, 0, 2, 1), (0, 0, 2, 0), (0, 1, 1, 0), (0, 0, 2, 0),
    ]  # fmt: skip
    assert told(first) == "2 made, 0 changed, 0 as before, 1 refused."
    assert (first.code, first.notes) == (1, ("bad.md: file: it is not UTF-8 text",))
    assert told(out) == f"2 articles are in {target}."
    assert "KB-1 has changed since version 1; export it again" in stale.notes[0]
    assert (shown["title"], shown["category"], shown["tags"]) == (
        "VPN: it drops", "Network / VPN", ["home-office", "vpn"],
    )  # fmt: skip
    assert (shown["text"]["body"], shown["latest"]) == ("Set the timeout.", 2)
    with pytest.raises(BoconsoleError, match="choose another name"):
        knowledge("export", str(target))


def counts(answer: Answer) -> tuple[int, ...]:
    return tuple(value(answer)[name] for name in ("made", "changed", "same", "refused"))


@pytest.mark.parametrize(
    "title", ["Plain", "A: colon", '"Quoted" \\ slash', "'single'", "- dash", "#hash", "[x]"]
)
def test_front_matter_is_read_as_it_was_written(title: str) -> None:
    written = Document(title, "Body\n\n---\n\nmore", "A / B", ("x", "y-z"), "public", 7, 3)

    assert markdown.read("kb-7.md", markdown.write(written, "KB-7")) == written


def test_a_changed_word_is_told_within_its_line() -> None:
    found = differing.compare("one\ntwo three\nfour", "one\ntwo 3\nfour\nfive")

    assert [(line.kind, line.old, line.new, line.text) for line in found] == [
        (SAME, 1, 1, "one"), (GONE, 2, 0, "two three"), (NEW, 0, 2, "two 3"), (SAME, 3, 3, "four"),
        (NEW, 0, 4, "five"),
    ]  # fmt: skip
    assert [part.text for part in found[1].parts if part.changed] == ["three"]
