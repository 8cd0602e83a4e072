"""The headers of every answer: pages, JSON, refusals, errors, static files, public files."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from curbside.kit.sizes import SHORT, STEP, even_size
from tests.doors.conftest import DOORS, SIDE, address_of
from tests.doors.places import Cast, browser, browser_of, sign_in_page

pytestmark = pytest.mark.django_db(databases="__all__")

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
    "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
}  # fmt: skip
FILE_POLICY = {"default-src 'none'", "sandbox"}  # of somebody else's evidence or picture
FILES = {
    "verification:document", "pictures:held_bytes", "pictures:held_frame", "pictures:bytes", "pictures:frame", "moderation:show_picture",
}  # fmt: skip
FIXED = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
GIVEAWAYS = {"Server", "X-Powered-By", "Via", "Server-Timing"}


def check(response: HttpResponse, *, policy: set[str] = POLICY, caching: str = "no-store", sharing: str = "same-origin") -> None:
    for header, value in FIXED.items():
        assert response.headers.get(header) == value, f"{response.status_code} {header}: {response.headers.get(header)}"
    directives = [part.strip() for part in response["Content-Security-Policy"].split(";")]
    assert set(directives) == policy
    assert len(directives) == len(policy)
    assert response["Cache-Control"] == caching
    assert response["Cross-Origin-Resource-Policy"] == sharing
    assert not GIVEAWAYS & set(response.headers)


@pytest.mark.parametrize("name", DOORS)
def test_every_answer_has_them(name: str, cast: Cast) -> None:
    address, door = address_of(name, cast.arguments(name)), DOORS[name]
    for client in (browser(), browser_of(cast.outsider()), browser_of(cast.insider())):
        for method in door.methods.split():
            response = client.generic(method, address)
            is_file = name in FILES and response.status_code == 200
            check(response, policy=FILE_POLICY if is_file else POLICY)  # type: ignore[arg-type] # the test client's response


@pytest.mark.parametrize("address", ["/nowhere/", "/static/nowhere.css", "/roll/files/nowhere.roll"])
def test_a_page_that_is_not_there_has_them(address: str, db: None) -> None:
    response = browser().get(address)
    assert response.status_code == 404
    check(response)  # type: ignore[arg-type]


def test_a_form_without_its_token_is_refused_with_them(db: None) -> None:
    response = Client(enforce_csrf_checks=True, headers={"host": browser().defaults["HTTP_HOST"]}).post(sign_in_page())
    assert response.status_code == 403
    check(response)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
def test_an_error_of_ours_has_them_and_says_nothing(kind: str, settings: LazySettings, db: None) -> None:
    settings.ROOT_URLCONF = "tests.doors.broken_urls"
    response = browser().post("/broken/", "{}", content_type=kind)
    assert response.status_code == 500
    check(response)  # type: ignore[arg-type]
    shown = response.content.decode()
    assert not [word for word in ("ZeroDivisionError", "nobody may read", "Traceback", "broken_urls") if word in shown]


def test_a_wrong_host_is_refused(db: None) -> None:
    response = Client(headers={"host": "elsewhere.example.org"}).get("/")
    assert response.status_code == 400
    check(response)  # type: ignore[arg-type]


def test_static_files_have_them_and_are_kept_by_caches(settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "one.js").write_text("export {};")
    settings.STATIC_ROOT = tmp_path
    response = browser().get("/static/pages/one.js")
    assert response.status_code == 200
    assert not response.cookies
    assert "Access-Control-Allow-Origin" not in response.headers
    check(response, caching=response["Cache-Control"])  # type: ignore[arg-type]
    assert response["Cache-Control"].startswith("max-age=")


@pytest.mark.skipif(SIDE != "named", reason="the roll's files are the named side's")
def test_roll_files_are_for_everyone_and_set_no_cookie(settings: LazySettings, db: None) -> None:
    digest = "ab" * 32
    for folder, ending in (("editions", "json"), ("editions", "sig"), ("files", "roll")):
        (settings.ROLL_DIR / folder).mkdir(parents=True, exist_ok=True)
        (settings.ROLL_DIR / folder / f"{digest}.{ending}").write_bytes(b"{}")
    (settings.ROLL_DIR / "latest.json").write_bytes(b"{}")
    for name in (name for name, door in DOORS.items() if door.public_file):
        response = browser().get(address_of(name, {"digest": digest}))
        keeping = "public, max-age=300" if name == "roll:latest" else "public, max-age=31536000, immutable"
        check(response, caching=keeping, sharing="cross-origin")  # type: ignore[arg-type]
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        assert "Vary" not in response.headers or "Cookie" not in response["Vary"]


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.open and "GET" in door.methods])
def test_looking_at_an_open_page_leaves_no_session(name: str, cast: Cast, settings: LazySettings) -> None:
    """At most the token of a form; nothing that would tell one visitor from another on the server."""
    response = browser().get(address_of(name, cast.arguments(name)))
    assert set(response.cookies) <= {settings.CSRF_COOKIE_NAME}


@pytest.mark.skipif(SIDE != "anonymous", reason="on the named side one acts under one's own name")
@pytest.mark.parametrize("name", DOORS)
def test_pages_and_json_come_in_few_sizes(name: str, cast: Cast) -> None:
    for client in (browser(), browser_of(cast.insider())):
        for method in DOORS[name].methods.split():
            response = client.generic(method, address_of(name, cast.arguments(name)))
            assert len(response.content) in {0, SHORT} or len(response.content) % STEP == 0
            assert int(response.headers.get("Content-Length", 0)) == len(response.content)


@pytest.mark.skipif(SIDE != "anonymous", reason="on the named side one acts under one's own name")
def test_ones_own_case_is_as_long_as_anyone_elses(cast: Cast) -> None:
    address = address_of("cases:show_case", cast.arguments("cases:show_case"))
    own, others = (browser_of(person).get(address).content for person in (cast.insider(), cast.outsider()))
    assert own.strip() != others.strip()
    assert len(own) == len(others)


def test_sizes_are_steps() -> None:
    assert [even_size(length) for length in (1, SHORT, SHORT + 1, STEP, STEP + 1)] == [SHORT, SHORT, STEP, STEP, 2 * STEP]


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.open and not door.public_file])
def test_no_answer_is_compressed(name: str, cast: Cast) -> None:
    """A compressed page has a length that tells what is in it, secrets included."""
    for method in DOORS[name].methods.split():
        response = browser().generic(method, address_of(name, cast.arguments(name)), headers={"accept-encoding": "gzip, br, zstd, deflate"})
        assert "Content-Encoding" not in response.headers


def test_the_sample_fronts_compress_no_page() -> None:
    deploy = Path(__file__).parents[2] / "deploy"
    hosts = (deploy / "Caddyfile").read_text(encoding="utf-8").split("\n}\n")
    assert [host.strip().split()[0] for host in hosts if "\n\tencode" in host] == ["wallet.example.org"]
    assert "\ngzip off;" in (deploy / "nginx.conf").read_text(encoding="utf-8")
