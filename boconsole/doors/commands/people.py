"""Accounts, roles and the audit trail by command."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.files import read_stdin, read_text
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, grouped, ngettext
from boconsole.tickets.words import one_of

if TYPE_CHECKING:
    from boconsole.accounts.reading import AccountRow, KeyRow
    from boconsole.session import Session
    from boconsole.trail.reading import TrailLine

MOST = 1_000
"""Lines that are listed without a `limit:`."""


def _parts(texts: Sequence[str] | None) -> list[str] | None:
    if texts is None:
        return None
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


# Accounts


def list_users(call: Call) -> Answer:
    """List the accounts that a query names."""
    from boconsole.accounts import reading

    session = call.session()
    found: list[AccountRow] = []
    after, more = "", True
    query = " ".join(call.words.query)
    while more:
        page = reading.list_page(session, query, after)
        found += page.rows
        more, after = page.more, page.cursors[-1] if page.cursors else ""
    rows = [
        (one.login, one.name, one.email or "-", ", ".join(one.roles), _state(one), _ways(one),
         output.local(one.signed_in_at, session.zone))
        for one in found
    ]  # fmt: skip
    headings = (_("Login"), _("Name"), _("Mail"), _("Roles"), _("State"), _("Signs in with"),
                _("Last"))  # fmt: skip
    return Answer(
        [account_record(one) for one in found],
        lambda: output.table(headings, rows) if rows else _("No account matches."),
    )


def account_record(one: "AccountRow") -> dict[str, object]:
    """Return an account for programs."""
    return {
        "login": one.login, "name": one.name, "email": one.email, "roles": list(one.roles),
        "teams": list(one.teams), "active": one.active, "zone": one.zone,
        "language": one.language, "keys": one.keys, "password": one.password,
        "must_change": one.must_change, "code": one.code, "created_at": one.created_at,
        "signed_in_at": one.signed_in_at,
    }  # fmt: skip


def _state(one: "AccountRow") -> str:
    return _("active") if one.active else _("disabled")


def _ways(one: "AccountRow") -> str:
    keys = ngettext("{n} key", "{n} keys", one.keys).format(n=one.keys) if one.keys else ""
    password = _("one-time password") if one.must_change else _("password")
    found = (keys, password if one.password else "", _("code") if one.code else "")
    return ", ".join(filter(None, found)) or "-"


def show_user(call: Call) -> Answer:
    """Show an account."""
    return _shown(call.session(), call.words.login)


def show_me(call: Call) -> Answer:
    """Show the account of who asks."""
    session = call.session()
    return _shown(session, session.user.login)


def _shown(session: "Session", login: str) -> Answer:
    from boconsole.accounts import reading

    one = reading.get(session, login)
    pairs = (
        (_("Login"), one.login), (_("Name"), one.name), (_("Mail"), one.email or "-"),
        (_("State"), _state(one)), (_("Roles"), ", ".join(one.roles) or "-"),
        (_("Teams"), ", ".join(one.teams) or "-"), (_("Signs in with"), _ways(one)),
        (_("Zone"), one.zone or "-"), (_("Language"), one.language or "-"),
        (_("Last sign-in"), output.local(one.signed_in_at, session.zone)),
        (_("Since"), output.local(one.created_at, session.zone)),
    )  # fmt: skip
    return Answer(account_record(one), lambda: output.pairs(pairs))


def add_user(call: Call) -> Answer:
    """Add an account, with a password and a key where they are given."""
    from boconsole import audit
    from boconsole.accounts import changing, securing

    words = call.words
    key = _key_text(words.key) if words.key else ""
    password = read_stdin().rstrip("\r\n") if words.password_stdin else ""
    if words.password_stdin and not password:
        raise InvalidChangeError("password", _("stdin is empty"))
    session = call.session()
    with audit.writing():
        made = changing.add(
            session, words.login, name=words.name, email=words.email,
            roles=_parts(words.roles) or (), password=password, must_change=words.must_change,
        )  # fmt: skip
        if key:
            securing.add_key(session, made.login, key)
    return Answer(
        {"login": made.login, "roles": list(made.roles)},
        _("Account {login} is added.").format(login=made.login),
    )


def edit_user(call: Call) -> Answer:
    """Change an account."""
    from boconsole.accounts import reading

    session = call.session()
    return _edited(call, session, reading.get(session, call.words.login))


def edit_me(call: Call) -> Answer:
    """Change the account of who asks."""
    from boconsole.accounts import reading

    session = call.session()
    return _edited(call, session, reading.get(session, session.user.login))


def _edited(call: Call, session: "Session", account: "AccountRow") -> Answer:
    from boconsole.accounts import changing

    given = vars(call.words)
    wanted = {
        field: given[field]
        for field in ("name", "email", "zone", "language")
        if given.get(field) is not None
    }
    if (roles := _parts(given.get("roles"))) is not None:
        wanted["roles"] = roles
    if not wanted:
        raise InvalidChangeError("account", _("name what to change; see --help"))
    made = changing.edit(session, account, wanted)
    return Answer(account_record(made), _("Account {login} is changed.").format(login=made.login))


def disable(call: Call) -> Answer:
    """Let an account in no more, and tell what stays with it."""
    from boconsole.accounts import changing

    done = changing.disable(call.session(), call.words.login)
    value = {"login": done.account.login, "tickets": list(done.tickets), "open": done.open,
             "drafts": done.drafts}  # fmt: skip
    said = _("Account {login} is disabled; its sessions end.").format(login=done.account.login)
    return Answer(value, "\n".join([said, *left_behind(done.tickets, done.open, done.drafts)]))


def left_behind(tickets: Sequence[str], count: int, drafts: int) -> list[str]:
    """Return in sentences what stays with a disabled account."""
    found = []
    if count:
        more = " …" if count > len(tickets) else ""
        told = ngettext(
            "{n} open ticket stays with it until somebody takes it: {numbers}",
            "{n} open tickets stay with it until somebody takes them: {numbers}", count,
        )  # fmt: skip
        found.append(told.format(n=grouped(count), numbers=", ".join(tickets) + more))
    if drafts:
        told = ngettext(
            "{n} text that it never sent is kept.", "{n} texts that it never sent are kept.", drafts
        )
        found.append(told.format(n=grouped(drafts)))
    return found


def enable(call: Call) -> Answer:
    """Let an account in again."""
    from boconsole.accounts import changing

    made = changing.enable(call.session(), call.words.login)
    return Answer(account_record(made), _("Account {login} is active.").format(login=made.login))


# Ways in


def reset(call: Call) -> Answer:
    """Give a one-time password, or stop asking for codes."""
    from boconsole.accounts import securing

    session = call.session()
    login = call.words.login
    if call.words.code:
        securing.remove_code(session, login)
        told = _("{login} signs in without a one-time code.").format(login=login)
        return Answer({"login": login}, told)
    given = securing.reset(session, login)
    until = output.local(given.until, session.zone)
    note = _("Shown once: it is good until {until} and has to be changed.").format(until=until)
    return Answer(
        {"login": login, "password": given.password, "until": given.until},
        given.password, notes=(note,),
    )  # fmt: skip


def keys(call: Call) -> Answer:
    """List, add or remove keys of an account."""
    return _on_keys(call, call.session(), call.words.login)


def my_keys(call: Call) -> Answer:
    """List, add or remove the keys of who asks."""
    session = call.session()
    return _on_keys(call, session, session.user.login)


def _on_keys(call: Call, session: "Session", login: str) -> Answer:
    from boconsole.accounts import reading, securing

    words = call.words
    act = one_of("what", words.act, ("list", "add", "remove"))
    if act != "list" and not words.which:
        raise InvalidChangeError("key", _("name the file to add, or the key to remove"))
    if act == "add":
        key = securing.add_key(session, login, _key_text(words.which), words.label)
        said = _("Key {key} opens {login} now.").format(key=key.label, login=login)
        return Answer(_key_record(key), said)
    if act == "remove":
        key = securing.remove_key(session, login, words.which)
        said = _("Key {key} opens {login} no more.").format(key=key.label, login=login)
        return Answer(_key_record(key), said)
    found = reading.keys(session, reading.get(session, login))
    rows = [
        (one.label, one.kind, one.fingerprint, output.local(one.added_at, session.zone),
         output.local(one.used_at, session.zone), one.used_from or "-")
        for one in found
    ]  # fmt: skip
    headings = (_("Label"), _("Kind"), _("Fingerprint"), _("Added"), _("Last"), _("From"))
    return Answer(
        [_key_record(one) for one in found],
        lambda: output.table(headings, rows) if rows else _("No key yet."),
    )


def _key_record(one: "KeyRow") -> dict[str, object]:
    return {
        "label": one.label, "kind": one.kind, "fingerprint": one.fingerprint,
        "added_at": one.added_at, "used_at": one.used_at, "used_from": one.used_from,
    }  # fmt: skip


def _key_text(path: str) -> str:
    return read_stdin() if path == "-" else read_text(path)


def my_password(call: Call) -> Answer:
    """Change the password of who asks."""
    from boconsole import credentials, passwords

    session = call.session()
    login = session.user.login
    if call.words.stdin:
        old, _end, new = read_stdin().partition("\n")
        new = new.rstrip("\r\n")
    else:
        import getpass

        for rule in passwords.rules():
            output.tell(rule)
        old = getpass.getpass(_("Old password: ")) if credentials.has_password(login) else ""
        new = getpass.getpass(_("New password: "))
        if new != getpass.getpass(_("Again: ")):
            raise InvalidChangeError("password", _("the two are not the same; nothing was changed"))
    credentials.change_password(session, old.rstrip("\r"), new)
    return Answer({"login": login}, _("Your password is changed."))


def my_code(call: Call) -> Answer:
    """Set up one-time codes for who asks, or remove them."""
    from boconsole.accounts import securing

    session = call.session()
    login = session.user.login
    if call.words.remove:
        securing.remove_code(session, login)
        return Answer({"login": login}, _("You sign in without a one-time code."))
    fresh = securing.new_code(session)
    for line in (*securing.qr_lines(fresh.uri), fresh.uri):
        output.tell(line)
    output.tell(_("Take it into an app for one-time codes, then type the code that it shows:"))
    code = read_stdin() if not _is_terminal() else input()
    securing.set_code(session, fresh.secret, code.strip())
    return Answer({"login": login}, _("From now on you sign in with a one-time code too."))


def _is_terminal() -> bool:
    from boconsole.doors.calls import has_terminal

    return has_terminal()


# Roles


def list_roles(call: Call) -> Answer:
    """List roles, or one with all that it allows."""
    from boconsole.accounts import own_roles, words

    session = call.session()
    if call.words.name:
        role = own_roles.get(session, call.words.name)
        pairs = [(_("Role"), f"{role.name} · {role.title}"), (_("About"), role.about),
                 *words.told(role.permissions)]  # fmt: skip
        return Answer({**role._asdict()}, lambda: output.pairs(pairs))
    found = own_roles.list_all(session)
    rows = [(one.name, one.title, str(one.holders), one.about) for one in found]
    headings = (_("Role"), _("Title"), _("Accounts"), _("About"))
    return Answer(
        [one._asdict() for one in found],
        lambda: output.table(headings, rows, right=frozenset((2,))),
    )


def save_role(call: Call) -> Answer:
    """Save or remove an own role."""
    from boconsole.accounts import own_roles

    session = call.session()
    words = call.words
    if words.remove:
        own_roles.remove(session, words.name)
        return Answer({"name": words.name}, _("{name} is removed.").format(name=words.name))
    role = own_roles.save(session, words.name, _parts([words.allow]) or (), words.about)
    return Answer(role._asdict(), _("{name} is saved.").format(name=role.name))


# The audit trail


def list_trail(call: Call) -> Answer:
    """List lines of the trail."""
    from boconsole.trail import reading

    session = call.session(create=False)
    query = " ".join(call.words.query)
    most = reading.limit_of(session, query) or MOST
    found: list[reading.TrailLine] = []
    after, more = "", True
    while more and len(found) < most:
        page = reading.list_page(session, query, after, min(most - len(found), 500))
        found += page.rows
        more, after = page.more, page.cursors[-1] if page.cursors else ""
    rows = [
        (str(one.id), output.local(one.entry.at, session.zone), one.entry.actor, one.entry.origin,
         one.entry.action, one.record, _changes(one))
        for one in found
    ]  # fmt: skip
    headings = (_("Line"), _("When"), _("Who"), _("Door"), _("What"), _("Record"), _("Changes"))
    note = _("There are more; name how many with limit:") if more else ""
    return Answer(
        [reading.record(one) for one in found],
        lambda: (
            output.fitted_table(headings, rows, output.terminal_width(), cut=6)
            if rows
            else _("No line matches.")
        ),
        notes=(note,) if note else (),
    )


def _changes(one: "TrailLine") -> str:
    from boconsole.trail.reading import told

    return "; ".join(f"{field}: {before} → {after}" for field, before, after in told(one))
