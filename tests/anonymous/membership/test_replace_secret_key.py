from io import StringIO

from django.conf import LazySettings
from django.core.management import call_command

from curbside.anonymous.membership.models import Member
from tests.anonymous.membership.cast import Visitor


def is_in(visitor: Visitor) -> bool:
    return visitor.client.get("/membership/", headers={"host": "community.localhost"}).status_code == 200


def test_a_session_goes_on_under_a_new_secret_key_while_the_old_one_is_kept(
    visitor: Visitor, member: Member, settings: LazySettings
) -> None:
    assert is_in(visitor)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 8
    assert is_in(visitor)
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(visitor)  # the visit before put it under the new key


def test_a_session_ends_with_a_secret_key_that_is_not_kept(visitor: Visitor, member: Member, settings: LazySettings) -> None:
    assert is_in(visitor)
    settings.SECRET_KEY = "another" * 8
    assert not is_in(visitor)


def test_ending_all_sessions_signs_everyone_out(visitor: Visitor, member: Member) -> None:
    assert is_in(visitor)
    output = StringIO()
    call_command("end_sessions", stdout=output)
    assert output.getvalue() == "1 sessions ended.\n"
    assert not is_in(visitor)
