"""What browsers are to mind with every answer: no foreign script, no frame, nothing kept."""

LIBRARY = ("/style.css", "/console.js", "/favicon.ico")
"""What is the same for everybody, beside `/static/`."""
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Server": "boconsole",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self' {socket}; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def headers_of(path: str, socket: str, *, is_secure: bool) -> dict[str, str]:
    """Return the headers of an answer.

    Args:
        path: What was asked for.
        socket: The address of the console's socket.
        is_secure: Whether people come by TLS.
    """
    is_library = path.startswith("/static/") or path in LIBRARY
    headers = {
        **ALWAYS,
        "Content-Security-Policy": POLICY.format(socket=socket),
        "Cache-Control": "max-age=3600" if is_library else "no-store",
    }
    if is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers
