"""Addresses and codes are mailed, not printed: what is printed stays in the machine's journal."""

from pathlib import Path

import pytest

from tests.doors.conftest import SIDE
from tests.doors.test_refuse_unsafe_settings import production_settings, read_settings

pytestmark = pytest.mark.skipif(SIDE != "named", reason="the anonymous side sends no mail")


def test_in_production_mail_goes_by_smtp_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    assert production_settings(tmp_path)["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


def test_a_demo_prints_its_mail(tmp_path: Path) -> None:
    production_settings(tmp_path)  # makes the keys
    assert str(read_settings(tmp_path, CURBSIDE_MODE="demo")["EMAIL_BACKEND"]).endswith("console.EmailBackend")
