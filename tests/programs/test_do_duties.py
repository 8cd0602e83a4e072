"""The worker goes on whatever a duty does, and comes back soon to one that did not get done."""

import logging

import django.core.management
import pytest
from django.core.management import BaseCommand, CommandError, get_commands

from curbside import upkeep

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("error", [KeyError("Dr Ana Ruiz"), CommandError("Dr Ana Ruiz"), ZeroDivisionError("Dr Ana Ruiz")])
def test_whatever_a_duty_raises_is_logged_as_an_event_and_the_worker_goes_on(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(django.core.management, "call_command", fail)
    logger = logging.getLogger("curbside")
    formatter = logger.handlers[0].formatter if logger.handlers else None
    logger.addHandler(caplog.handler)
    try:
        assert upkeep._perform("cut_logs") is False
    finally:
        logger.removeHandler(caplog.handler)
    assert "duty failed: cut_logs" in caplog.text
    assert formatter is not None
    assert "Ruiz" not in formatter.format(caplog.records[-1])


def test_a_duty_that_got_done_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django.core.management, "call_command", lambda *_args, **_options: None)
    assert upkeep._perform("cut_logs") is True


def test_what_a_duty_tells_whoever_types_it_is_not_told_by_the_worker(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Talkative(BaseCommand):
        def handle(self, *_args: object, **_options: object) -> None:
            self.stdout.write("Nothing changed since the newest edition.")

    monkeypatch.setattr(django.core.management, "load_command_class", lambda *_names: Talkative())
    django.core.management.call_command("cut_logs")
    assert "Nothing changed" in capsys.readouterr().out
    assert upkeep._perform("cut_logs") is True
    assert capsys.readouterr().out == ""


class Stop(BaseException):
    """Ends the worker's endless loop."""


def test_a_duty_that_failed_is_tried_again_in_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    moment, tried = [0.0], []

    def perform(_command: str) -> bool:
        tried.append(moment[0])
        return len(tried) > 1

    def sleep(_seconds: float) -> None:
        moment[0] += 10
        if moment[0] > 2 * upkeep.HOUR:
            raise Stop

    monkeypatch.setattr(upkeep.time, "monotonic", lambda: moment[0])
    monkeypatch.setattr(upkeep.time, "sleep", sleep)
    monkeypatch.setattr(upkeep, "_perform", perform)
    monkeypatch.setattr(upkeep, "set_up", lambda _site: None)
    monkeypatch.setitem(upkeep.DUTIES, "named", (upkeep.Duty("cut_logs", upkeep.HOUR, upkeep.HOUR),))
    with pytest.raises(Stop):
        upkeep.work_command(["named"])
    assert tried == [0.0, 60.0, 3660.0]


def test_shared_duties_are_commands_that_exist() -> None:
    commands = get_commands()
    for name in ("clear_sessions", "cut_logs", "tidy", "publish_roll"):
        assert name in commands
        assert name in {duty.command for duty in upkeep.DUTIES["named"]}
