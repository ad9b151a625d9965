"""The few pages beside the console, as text: every value in them is escaped."""

from collections.abc import Sequence
from html import escape

from boconsole.language import _

STYLE = """
html, body { margin: 0; height: 100%; background: #101418; color: #d8dee4;
  font-family: system-ui, sans-serif; }
main { max-width: 22rem; margin: 12vh auto 0; padding: 0 1rem; }
h1 { font-size: 1.25rem; font-weight: 600; margin: 0 0 1.5rem; }
label { display: block; margin: 0 0 1rem; font-size: .9rem; color: #9aa5b1; }
input { display: block; width: 100%; box-sizing: border-box; margin-top: .3rem; padding: .55rem;
  font: inherit; font-size: 1rem; color: #f0f4f8; background: #1a2027; border: 1px solid #3a4653;
  border-radius: 4px; }
button { font: inherit; padding: .5rem 1rem; border: 0; border-radius: 4px; cursor: pointer;
  color: #fff; background: #2563eb; }
:focus-visible { outline: 2px solid #93c5fd; outline-offset: 1px; }
.problem { color: #fca5a5; margin: 0 0 1rem; } .rules { color: #9aa5b1; font-size: .85rem; }
.bar { display: flex; align-items: center; justify-content: space-between; height: 2.2rem;
  padding: 0 .75rem; font-size: .85rem; color: #9aa5b1; box-sizing: border-box; }
.bar button { padding: .2rem .7rem; background: #2b3642; }
#terminal { position: absolute; top: 2.2rem; left: 0; width: 100%; height: calc(100% - 2.2rem); }
.ended { display: none; position: absolute; inset: 2.2rem 0 0 0; background: #101418; z-index: 10; }
body.-closed .ended { display: block; }
a { color: #93c5fd; }
"""
SCRIPT = """
addEventListener("load", () => {
  const terminal = document.getElementById("terminal");
  const type = () => document.querySelector(".xterm-helper-textarea")?.focus();
  const settle = () => {
    if (!terminal.classList.contains("-connected")) return;
    window.onresize?.();
    type();
  };
  document.fonts.ready.then(settle);
  new MutationObserver(settle).observe(terminal, { attributes: true, attributeFilter: ["class"] });
  terminal.addEventListener("click", type);
});
"""
"""Keys go to the terminal at once, and its size is taken again when its letters are there."""


def sign_in(guard: str, problem: str = "") -> str:
    """Return the page that asks who it is."""
    return _form(
        guard, problem,
        _field(_("Account"), "login", "text", "username", first=True)
        + _field(_("Password"), "password", "password", "current-password"),
    )  # fmt: skip


def code(guard: str, problem: str = "") -> str:
    """Return the page that asks for a one-time code."""
    return _form(
        guard, problem, _field(_("One-time code"), "code", "text", "one-time-code", first=True)
    )


def new_password(guard: str, rules: Sequence[str], problem: str = "") -> str:
    """Return the page that asks for a new password, twice."""
    said = "".join(f"<p class='rules'>{escape(rule)}</p>" for rule in rules)
    return _form(
        guard, problem or _("This password must be changed now."),
        said + _field(_("New password"), "new", "password", "new-password", first=True)
        + _field(_("Again"), "again", "password", "new-password"),
    )  # fmt: skip


def console(guard: str, login: str, socket: str) -> str:
    """Return the page with the terminal in it."""
    ended = _("The console has ended; what was typed is kept as a draft.")
    leave, again = _("Sign out"), _("Open it again")
    return _page(
        "<link rel='stylesheet' href='/static/css/xterm.css'>"
        "<script src='/static/js/textual.js'></script><script src='/console.js'></script>",
        f"<div class='bar'><span>boconsole · {escape(login)}</span>"
        f"<form method='post' action='/sign-out'>{_guard(guard)}"
        f"<button>{escape(leave)}</button></form></div>"
        f"<div class='ended'><main><p>{escape(ended)}</p>"
        f"<p><a href='/'>{escape(again)}</a></p></main></div>"
        f"<div id='terminal' class='textual-terminal' data-font-size='16' "
        f"data-session-websocket-url='{escape(socket)}'></div>",
    )


def _form(guard: str, problem: str, fields: str) -> str:
    said = f"<p class='problem' role='alert'>{escape(problem)}</p>" if problem else ""
    enter = _("Sign in")
    return _page(
        "",
        f"<main><h1>boconsole</h1>{said}<form method='post' action='/sign-in'>{_guard(guard)}"
        f"{fields}<button>{escape(enter)}</button></form></main>",
    )


def _guard(guard: str) -> str:
    return f"<input type='hidden' name='guard' value='{escape(guard)}'>"


def _field(label: str, name: str, kind: str, complete: str, *, first: bool = False) -> str:
    focus = " autofocus" if first else ""
    return (
        f"<label>{escape(label)}<input name='{name}' type='{kind}' autocomplete='{complete}' "
        f"autocapitalize='none' spellcheck='false' maxlength='200' required{focus}></label>"
    )


def _page(head: str, body: str) -> str:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>boconsole</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<link rel='stylesheet' href='/style.css'>{head}</head><body>{body}</body></html>"
    )
