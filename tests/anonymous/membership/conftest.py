"""The cast: visitors, a registrar with one edition that was fetched, and the one verifying process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from curbside.anonymous.membership import ceremonies, views
from curbside.anonymous.membership.actions import answer_knock
from curbside.anonymous.membership.editions import learn_editions
from curbside.anonymous.membership.knocks import Kind, PendingKnock
from curbside.anonymous.membership.models import EditionRoll, Member
from curbside.anonymous.membership.verifying import proof_worker
from curbside.credential.edition import Manifest
from curbside.credential.field import Nullifier, field_element
from curbside.credential.names import encode_base64url
from tests.anonymous.membership.authenticator import SoftPasskey
from tests.anonymous.membership.cast import KNOCKS, Visitor, publish, registrar_at
from tests.fresh import show_passkey

MakeVisitor = Callable[[], Visitor]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    ours = (ceremonies.CEREMONY_LIMIT, ceremonies.KNOCK_LIMIT, ceremonies.SESSION_KNOCK_LIMIT, views.PSEUDONYM_LIMIT, views.RECOVERY_LIMIT)
    for limit in ours:
        limit._uses.clear()


@pytest.fixture(scope="session", autouse=True)
def end_verifying_process() -> Iterator[None]:
    yield
    proof_worker().stop()


@pytest.fixture
def rolls(tmp_path: Path) -> Path:
    return tmp_path / "rolls"


@pytest.fixture
def edition(db: None, rolls: Path, settings: LazySettings) -> Manifest:
    """The registrar's first edition, known to the community."""
    settings.REGISTRARS = [registrar_at(rolls)]
    manifest = publish(rolls)
    learn_editions(registrar=settings.REGISTRARS[0])
    return manifest


@pytest.fixture
def make_visitor(db: None, monkeypatch: pytest.MonkeyPatch) -> MakeVisitor:
    return lambda: Visitor(monkeypatch)


@pytest.fixture
def visitor(make_visitor: MakeVisitor) -> Visitor:
    return make_visitor()


@pytest.fixture
def member(visitor: Visitor, edition: Manifest) -> Member:
    """The visitor, a member called quiet-heron-41 with the passkey and the nullifier of the proof "first", and signed in."""
    passkey, proof = SoftPasskey(1), KNOCKS["cases"]["first"]["proofs"][0]
    knock = PendingKnock(
        kind=Kind.JOIN,
        challenge="",
        pseudonym="quiet-heron-41",
        credential_id=encode_base64url(passkey.credential_id),
        public_key=encode_base64url(passkey.public_key()),
    )
    rolls = list(EditionRoll.objects.select_related("edition").filter(roll="everyone"))
    answer = answer_knock(knock=knock, nullifier=Nullifier(field_element(int(proof["proof"]["nullifier"]))), rolls=rolls, renewing=None)
    visitor.client.force_login(answer.member)
    show_passkey(visitor.client)
    return answer.member
