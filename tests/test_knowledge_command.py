"""Articles by command: written, compared, published by another, folders in and out."""

import json
from pathlib import Path

import pytest

from boconsole.knowledge import differing, markdown
from boconsole.knowledge.differing import GONE, NEW, SAME
from boconsole.knowledge.markdown import Document

VPN = ("knowledge", "new", "--title", "VPN drops", "--audience", "public", "--tags", "vpn")


def answer(finished) -> object:  # type: ignore[no-untyped-def]
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def test_an_article_goes_its_way_by_command(command) -> None:  # type: ignore[no-untyped-def]
    made = command(*VPN, "--body", "-", stdin="Set the timeout\nto 8 hours.\n")
    assert made.stdout == "KB-1 is a draft.\n", made.stderr
    command("users", "add", "eve", "--roles", "editor")
    command("knowledge", "edit", "KB-1", "--body", "Set the timeout\nto 9 hours.", "--note", "9")
    command("knowledge", "submit", "KB-1")
    own = command("knowledge", "publish", "KB-1")
    by_eve = command("knowledge", "publish", "KB-1", BOCONSOLE_USER="eve")
    found = answer(command("knowledge", "search", "timeout", "--json"))
    compared = command("knowledge", "diff", "KB-1")
    for_machines = answer(
        command("knowledge", "diff", "kb-1", "--from", "2", "--to", "1", "--json")
    )

    assert (own.returncode, "somebody else has to publish it" in own.stderr) == (1, True)
    assert by_eve.stdout == "KB-1 is published.\n", by_eve.stderr
    assert [(row["number"], row["published"], row["tags"]) for row in found] == [
        ("KB-1", 2, ["vpn"])
    ]
    assert compared.stdout.splitlines()[-2:] == ["-to [-8-] hours.", "+to {+9+} hours."]
    assert [each["changed"] for each in for_machines["lines"] if each["changed"]] == [["9"], ["8"]]
    helped = answer(command("knowledge", "helped", "KB-1", "--json"))
    assert (helped["helpful"], helped["unhelpful"]) == (1, 0)


def test_a_folder_goes_out_and_comes_in_once(command, tmp_path: Path, sqlite_url: str) -> None:  # type: ignore[no-untyped-def]
    source = tmp_path / "in"
    (source / "net").mkdir(parents=True)
    (source / "net" / "vpn.md").write_text(
        "---\ntitle: 'VPN: it drops'\ncategory: Network / VPN\ntags:\n- vpn\n- home office\n"
        "audience: public\n---\n\nSet the *timeout*.\n"
    )
    (source / "toner.md").write_text("# Toner\n\nCupboard 4.\n")
    (source / "bad.md").write_bytes(b"\xff\xfe broken")

    tried = answer_of(command("knowledge", "import", str(source), "--dry-run", "--json"))
    first = command("knowledge", "import", str(source), "--create")
    again = answer_of(command("knowledge", "import", str(source), "--create", "--json"))
    out = command("knowledge", "export", str(tmp_path / "out"))
    vpn = tmp_path / "out" / "net" / "vpn.md"
    back = answer(command("knowledge", "import", str(tmp_path / "out"), "--json"))
    vpn.write_text(vpn.read_text().replace("*timeout*", "timeout"))
    changed = answer(command("knowledge", "import", str(tmp_path / "out"), "--json"))
    same = answer(command("knowledge", "import", str(tmp_path / "out"), "--json"))
    vpn.write_text(vpn.read_text().replace("timeout", "clock"))
    stale = command("knowledge", "import", str(tmp_path / "out"))
    shown = answer(command("knowledge", "show", "KB-1", "--json"))

    assert counts(tried) == (1, 0, 0, 2)
    assert first.stdout == "2 made, 0 changed, 0 as before, 1 refused.\n"
    assert "bad.md: file: it is not UTF-8 text" in first.stderr
    assert counts(again) == (0, 0, 2, 1)
    assert out.stdout == f"2 articles are in {tmp_path / 'out'}.\n", out.stderr
    assert counts(back) == (0, 0, 2, 0)
    assert counts(changed) == (0, 1, 1, 0)
    assert counts(same) == (0, 0, 2, 0)
    assert "KB-1 has changed since version 1; export it again" in stale.stderr
    assert (shown["title"], shown["category"], shown["tags"]) == (
        "VPN: it drops", "Network / VPN", ["home-office", "vpn"],
    )  # fmt: skip
    assert (shown["text"]["body"], shown["latest"]) == ("Set the timeout.", 2)
    again_out = command("knowledge", "export", str(tmp_path / "out"))
    assert (again_out.returncode, "choose another name" in again_out.stderr) == (1, True)


def answer_of(finished) -> object:  # type: ignore[no-untyped-def]
    return json.loads(finished.stdout)


def counts(found) -> tuple[int, ...]:  # type: ignore[no-untyped-def]
    return tuple(found[name] for name in ("made", "changed", "same", "refused"))


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
