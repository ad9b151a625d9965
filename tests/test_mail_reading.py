"""What a message says: charsets, encodings, parts and broken ones; pure."""

from email.errors import MessageError
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.mail import reading
from boconsole.mail.bodies import LARGE_HTML, html_text, safe_name
from boconsole.mail.flowed import unflowed
from boconsole.mail.headers import PARSER_FAULTS
from boconsole.mail.nature import Failure
from tests.letters import BOUNCE, letter, mime

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_encoded_words_and_raw_bytes_in_headers_are_read() -> None:
    encoded = letter(
        subject="=?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?B?4pyT?= at =?utf-8?q?home?=",
        **{"from": "=?utf-8?q?J=C3=B6rg=2C_the_2nd?= <Joerg@Acme.Example>"},
    )
    raw = letter().replace(b"Subject: Printer", "Subject: Größe".encode("latin-1"))

    read = reading.read(encoded)

    assert read.subject == "Grüße✓ at home"
    assert read.sender == ("Jörg, the 2nd", "joerg@acme.example")
    assert reading.read(raw).subject == "Größe"


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("iso-8859-1", b"caf\xe9 \x80", "café €"),
        ("gb2312", "中文".encode("gb18030"), "中文"),
        ("x-unknown", "naïve".encode(), "naïve"),
        ("us-ascii", b"\x93hi\x94", "“hi”"),
        ("punycode", b"plain", "plain"),
        ("utf-8", b"\xef\xbb\xbfmark", "mark"),
    ],
)
def test_text_is_read_by_its_charset_or_what_was_meant(
    charset: str, content: bytes, text: str
) -> None:
    raw = letter("HERE", content_type=f"text/plain; charset={charset}").replace(b"HERE", content)

    assert reading.read(raw).text == text


def test_plain_text_stands_before_html_and_files_are_kept() -> None:
    raw = mime(
        "mixed",
        ({"Content-Type": 'multipart/alternative; boundary="y"'},
         "--y\nContent-Type: text/html\n\n<b>rich</b>\n"
         "--y\nContent-Type: text/plain\n\nplain\n--y--"),
        ({"Content-Type": "image/png; name=\"a.png\"", "Content-Transfer-Encoding": "base64"},
         "AAEC"),
        ({"Content-Type": "application/octet-stream",
          "Content-Disposition": "attachment; filename*0*=utf-8''r%C3%A9; filename*1=s.doc"}, "x"),
        ({"Content-Type": "application/ms-tnef", "Content-Transfer-Encoding": "base64"}, "eJ8="),
        ({"Content-Type": "message/rfc822"}, "Subject: inner\n\nforwarded"),
        ({"Content-Type": "text/plain", "Content-Disposition": "attachment; filename=../../x.txt"},
         "attached"),
    )  # fmt: skip

    read = reading.read(raw)

    assert read.text == "plain"
    assert [file.name for file in read.files] == [
        "a.png", "rés.doc", "file.bin", "inner.eml", "x.txt",
    ]  # fmt: skip
    assert read.files[0].content == b"\0\1\2"
    assert b"forwarded" in read.files[3].content


def test_html_becomes_text_in_which_nothing_runs() -> None:
    raw = letter(
        "<html><head><style>p{}</style><script>alert(1)</script></head><body>"
        "<p>Hi\x1b[31m <a href='https://x.example/?q=1'>here</a></p><img src='https://t.example/'>"
        "<table><tr><td>a</td><td>b</td></tr></table></body></html>",
        content_type="text/html; charset=utf-8",
    )

    text = reading.read(raw).text

    assert text == "Hi[31m [here](https://x.example/?q=1)\n\na  b"


def test_html_that_cannot_be_read_stays_as_a_file() -> None:
    large = "<p>x</p>" * (LARGE_HTML // 8 + 1)

    read = reading.read(letter(large, content_type="text/html"))

    assert "message.html" in read.text
    assert read.files[0].name == "message.html"
    assert html_text("<div>" * 5000) is None


def test_flowed_text_is_joined_as_its_rfc_says() -> None:
    # RFC 3676, section 4.2 and 4.5: space-stuffing, quote depth, DelSp, the signature.
    text = "A line \nthat flows.\n From here\n> quoted \n> on\n>> deeper\n-- \nAnn"

    assert unflowed(text, delete_space=False) == (
        "A line that flows.\nFrom here\n> quoted on\n>> deeper\n-- \nAnn"
    )
    assert unflowed("so \nme", delete_space=True) == "some"


def test_ids_of_the_thread_stand_nearest_first() -> None:
    raw = letter(in_reply_to="<b@x>", references="<a@x>\n <b@x> junk <c@x>")

    assert reading.read(raw).related == ("b@x", "c@x", "a@x")


def test_number_of_a_ticket_is_found_in_the_subject_and_nowhere_else() -> None:
    subjects = {"AW: [TKT-42] Printer": 42, "re: tkt-7": 7, "XTKT-9": 0, "TKT-99999999999": 0,
                "ticket 12": 0, "[TKT-2147483648] [TKT-3]": 3}  # fmt: skip

    assert {text: reading.read(letter(subject=text)).number for text in subjects} == subjects


def test_delivery_report_tells_of_which_message_and_why() -> None:
    read = reading.read(BOUNCE.format(about="bo.1.x@desk.example").encode(), "")

    report = read.nature.report
    assert report is not None
    assert report.about == ("bo.1.x@desk.example",)
    assert report.failures == (
        Failure("louisl@larry.slip.umd.edu", "failed", "4.0.0", "426 connection timed out"),
    )
    assert report.is_final
    assert "delivery problems" in read.text


@pytest.mark.parametrize(
    ("head", "machine", "answerable"),
    [
        ({}, "", True),
        ({"auto_submitted": "no"}, "", True),
        ({"auto_submitted": "auto-replied; x=y"}, "replied", False),  # RFC 3834, section 5
        ({"auto_submitted": "auto-generated"}, "generated", False),
        ({"precedence": "auto_reply"}, "replied", False),
        ({"precedence": "bulk"}, "", False),
        ({"list_id": "<dev.acme.example>"}, "", False),
        ({"x_auto_response_suppress": "All"}, "", False),
        ({"from": "no-reply@acme.example"}, "", False),
    ],
)
def test_machines_and_lists_are_known(head: dict[str, str], machine: str, answerable: bool) -> None:
    nature = reading.read(letter(**head), "ann@acme.example").nature

    assert (nature.machine, nature.answerable) == (machine, answerable)


def test_null_sender_is_never_answered() -> None:
    assert not reading.read(letter(), "").nature.answerable


def test_same_message_is_known_by_whichever_way_it_comes() -> None:
    direct = letter()
    relayed = b"Return-Path: <ann@acme.example>\r\nReceived: from a by b\r\n" + direct.replace(
        b"\n", b"\r\n"
    )

    assert reading.fingerprint(relayed) == reading.fingerprint(direct)
    assert reading.fingerprint(letter("Other words.")) != reading.fingerprint(direct)
    assert reading.fingerprint(letter(message_id="")) != reading.fingerprint(
        b"Received: x\n" + letter(message_id="")
    )


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (r"C:\temp\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        (".bashrc", "bashrc"),
        ("", "file"),
        ("a" * 300 + ".pdf", "a" * 147 + ".pdf"),
    ],
)
def test_names_of_files_are_safe(given: str, name: str) -> None:
    assert safe_name(given) == name


PIECES = st.sampled_from(
    [b"From: ", b"Subject: =?utf-8?B?", b"?=", b"\n", b"\r\n", b"\n\n", b"Content-Type: ",
     b"multipart/mixed; boundary=x", b"message/rfc822", b"message/delivery-status", b"--x\n",
     b"--x--\n", b"text/html; charset=", b"Content-Transfer-Encoding: base64\n", b"=?x?q?=zz?=",
     b"Content-Disposition: attachment; filename*0*=''%ff", b"<a@b>", b"References: <", b"\xff\x00",
     b"multipart/report; report-type=delivery-status; boundary=x", b"<p>", b"utf-7", b"idna",
     b"multipart/alternative; boundary=", b"text/plain; format=flowed; delsp=yes\n", b"\x1b[2J"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES | st.binary(max_size=12), max_size=40).map(b"".join))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read = reading.read(raw)
    except PARSER_FAULTS:
        read = None
    assert reading.head_of(raw) is not None
    assert len(reading.fingerprint(raw)) == 64
    assert read is None or "\x1b" not in read.text + read.subject


def test_small_message_that_takes_much_is_not_worked_out() -> None:
    wide = "<table><tr><td>" + "x" * 200_000 + "</td></tr>" + "<tr><td>y</td></tr>" * 9000
    deep = (
        "".join(
            f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n'
            for level in range(900)
        )
        + "line\n" * 60_000
    )

    assert html_text(wide) is None
    with pytest.raises(MessageError):
        reading.read(deep.encode())


def test_long_parameters_are_cut_and_the_text_is_read() -> None:
    long = "; ".join(f"a{number}=b" for number in range(100_000))
    read = reading.read(f"From: a@example.org\nContent-Type: text/plain; {long}\n\nHello".encode())

    assert read.text == "Hello"


def test_subject_of_very_many_encoded_words_takes_little() -> None:
    raw = b"From: a@example.org\nSubject: " + b"=?utf-8?Q?a?= " * 40_000 + b"\n\nHello"
    began = process_time()
    read = reading.read(raw)

    assert read.subject == "a" * 300
    assert process_time() - began < 1.5
