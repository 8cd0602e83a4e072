"""What an attacker types: values for fields, queries, headers, JSON and whole bodies. Fixed, so that a failure comes back."""
# ruff: noqa: E501, RUF001 - one value beside another; look-alikes are what an attacker sends

import base64
from typing import Final

LONG: Final = "a" * 30_000
TEXTS: Final = (
    "", " ", "\x00", "a\x00b", LONG, "%", "%00", "'\"`;--", "' OR 1=1 --", "{{7*7}}{% debug %}", "<script>alert(1)</script>",
    "../../../../etc/passwd", "\u202e\u2066\ufeff", "\U0010ffff", "\uffff", "٣", "-1", "0", "1e400", "NaN", "9" * 5000, str(1 << 63),
    str(-(1 << 63)), "0x10", "\r\nSet-Cookie: x=1", "\n" * 10_000, "zzzzzzzzzzzzz", "7zzzzzzzzzzzz", "8000000000000",
    base64.urlsafe_b64encode(f"{1 << 62}.{1 << 70}".encode()).decode(), base64.urlsafe_b64encode(b"0.1").decode(),
    base64.urlsafe_b64encode(b"-62135596800.1").decode(), base64.urlsafe_b64encode(b"253402300799.-1").decode(),
    base64.urlsafe_b64encode(b"3652059.9223372036854775807").decode(), base64.urlsafe_b64encode("١.٢".encode()).decode(), "A" * 1001, "=",
)  # fmt: skip
VALUES: Final[tuple[object, ...]] = (
    None, True, 0, -1, 1.5, 1 << 70, "", "\x00", "\ud800", "a" * 30_000, "not base64!", "AAAA", "AA", [], {}, [[]], {"": None},
    ["\x00"], {"prf": {}}, "http://community.localhost:8003",
)  # fmt: skip
"""For JSON, where a text can be half a character."""
BODIES: Final = (
    b"", b" ", b"null", b"true", b"0", b'""', b"[]", b"{}", b"{", b"[" * 30_000, b'{"a":' * 6_000, b"[" * 5_000 + b"]" * 5_000,
    b'{"passkey":' * 3_000 + b"1" + b"}" * 3_000, b"NaN", b"-Infinity", b'{"passkey": NaN}', b"9" * 5_000, b'{"passkey": ' + b"9" * 5_000 + b"}",
    b"\xff\xfe", b"\xef\xbb\xbf{}", b"\x80", b'{"passkey": "\\ud800"}', b'{"packet": "\\udfff"}', b'{"label": "\\u0000", "passkey": {}}',
    b'{"packet": "' + b"A" * 30_000 + b'"}', b'{"passkey": 1, "passkey": 2}', b"\x00" * 100, b"a" * 40_000, "{}".encode("utf-16"), "{}".encode("utf-32"),
)  # fmt: skip
TYPES: Final = (
    "", "application/json", "application/json; charset=utf-7", "application/json; charset=hex", "text/plain", "text/html", "application/xml",
    "application/x-www-form-urlencoded; charset=hex", "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 300, "multipart/form-data; boundary=\u00e9", "multipart/mixed; boundary=x",
    "image/png", "/", ";;;", "application/csp-report",
)  # fmt: skip
PARTS: Final = (
    b"--x\r\nContent-Disposition: form-data; name=\"label\"\r\n\r\n\xff\xfe\x00\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data; name=\"label\"; filename=\"\x00../../a\"\r\nContent-Type: image/png\r\n\r\n\x00\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n%%EOF\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"\"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n", b"--x\r\n" + b"A: b\r\n" * 3000 + b"\r\n\r\n--x--", b"--x", b"--x--", b"--y\r\n\r\n",
)  # fmt: skip
PATHS: Final = (
    "/%00", "/%00/", "/%ff/", "/%c0%ae%c0%ae/", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/", "//elsewhere.example.org/", "/\\elsewhere.example.org/",
    "/" + "a" * 20_000, "/" + "a/" * 5_000, "/?" + "a=b&" * 5_000, "/?after=" + "%00", "/?%00=%00", "/?after=%ff", "/?" + "%" * 2_000, "/é/", "/%0d%0aX:%20y/",
    "/static/../settings.py", "/static/%2e%2e/%2e%2e/keys/secret_key", "/static/%00", "/static/" + "a" * 5_000, "/.git/config", "/favicon.ico",
    "/robots.txt", "/admin/",
)  # fmt: skip
HEADERS: Final = (
    {"accept-language": "x" * 5_000}, {"accept-language": "en;q=" + "9" * 500}, {"accept-language": "\x00"}, {"x-forwarded-for": "\x00, " * 500},
    {"x-forwarded-for": "é"}, {"x-forwarded-proto": "\x00"}, {"if-none-match": "x" * 5_000}, {"if-none-match": '"' * 50}, {"if-modified-since": "never"},
    {"range": "bytes=0-0,1-1,2-2"}, {"range": "bytes=9999999999999999999-"}, {"accept": "x" * 5_000}, {"referer": "http://[::1"}, {"referer": "\x00"},
    {"origin": "http://[::1"}, {"origin": "\x00"}, {"cookie": "a=" + "b" * 8_000}, {"cookie": ";;;==\x00"}, {"user-agent": "\x00" * 50},
    {"hx-request": "true", "hx-current-url": "http://[::1"}, {"hx-current-url": "%ff", "hx-current-url-uri-autoencoded": "true"},
    {"hx-trigger-name": "%00", "hx-trigger-name-uri-autoencoded": "true"}, {"hx-prompt": "é" * 100}, {"content-length": "-1"}, {"content-length": "x"},
    {"expect": "100-continue"}, {"x-http-method-override": "DELETE"}, {"x-csrftoken": "\x00" * 32}, {"x-forwarded-host": "elsewhere.example.org"},
)  # fmt: skip
COOKIES: Final = ("", "\x00", "a", "a" * 32, "A" * 5_000, "é", "'; DROP TABLE x; --", "W10:1x:", "[]", "eyJhIjoxfQ", "..", "%00" * 20)
