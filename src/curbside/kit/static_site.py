"""Serves the wallet's folder, and copies of roll files below it: files with fixed headers and nothing else.

For the demo and small installations; a front such as Caddy can do the same (see deploy/).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WALLET_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def _not_found(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Security-Policy", "default-src 'none'")])
    return [b"There is no such file.\n"]


def _wallet_headers(headers: Headers, _path: str, url: str) -> None:
    headers["Content-Security-Policy"] = WALLET_POLICY
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    del headers["Access-Control-Allow-Origin"]
    content_addressed = "/editions/" in url or "/files/" in url
    headers["Cache-Control"] = "public, max-age=31536000, immutable" if content_addressed else "no-cache"


def wallet_site(*, files: Path, configuration: Path, rolls: dict[str, Path]) -> "WSGIApplication":
    """The wallet and its config.json at /, each registrar's roll folder at /rolls/HOST/.

    ``autorefresh`` because editions arrive while it runs.
    """
    site = WhiteNoise(_not_found, root=files, autorefresh=True, index_file=True, add_headers_function=_wallet_headers, charset="utf-8")
    site.add_files(str(configuration))
    for registrar, folder in rolls.items():
        site.add_files(str(folder), prefix=f"/rolls/{registrar}/")
    return cast("WSGIApplication", site)  # whitenoise has no types
