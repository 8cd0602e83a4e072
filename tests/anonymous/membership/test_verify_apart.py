import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from curbside.anonymous.membership import knocking, verifying
from curbside.anonymous.membership.models import Member
from curbside.anonymous.membership.verifying import ProofWorker
from curbside.credential import names
from curbside.credential.edition import Manifest
from curbside.credential.errors import NameRefused
from curbside.kit.errors import Busy
from tests.anonymous.membership.cast import Visitor, fragment, newest_address, packet
from tests.anonymous.membership.conftest import MakeVisitor


@pytest.fixture(scope="module")
def worker() -> Iterator[ProofWorker]:
    made = ProofWorker(at_once=2)
    yield made
    made.stop()


@pytest.fixture
def full_house(monkeypatch: pytest.MonkeyPatch) -> Iterator[ProofWorker]:
    """The site's worker with both places taken for the whole test."""
    worker = ProofWorker(at_once=2)
    monkeypatch.setattr(knocking, "proof_worker", lambda: worker)
    with worker.slot(), worker.slot():
        yield worker
    worker.stop()


def test_the_work_is_done_in_another_process_that_yields_to_readers(worker: ProofWorker) -> None:
    assert worker.run(os.getpid) != os.getpid()
    assert worker.run(os.nice, 0) == os.nice(0) + 5


def test_a_refusal_comes_back_as_it_was_raised(worker: ProofWorker) -> None:
    with pytest.raises(NameRefused, match="not a lower-case host"):
        worker.run(names.host, "NOT A HOST")


def test_beyond_the_places_nobody_waits(worker: ProofWorker) -> None:
    with worker.slot(), worker.slot():
        before = time.monotonic()
        with pytest.raises(Busy), worker.slot():
            pass
        assert time.monotonic() - before < 0.1
    with worker.slot():
        pass


def test_a_dead_process_is_replaced(worker: ProofWorker) -> None:
    with pytest.raises(Busy):
        worker.run(os._exit, 1)
    assert worker.run(os.getpid) != os.getpid()


def test_the_process_ends_with_the_web_process_even_if_that_is_killed() -> None:
    web = (
        "import os, signal\n"
        "from curbside.anonymous.membership.verifying import ProofWorker\n"
        "if __name__ == '__main__':\n"
        "    print(ProofWorker(at_once=1).run(os.getpid), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", web], stdout=subprocess.PIPE, text=True, timeout=30, check=False)
    process = int(ended.stdout)
    for _ in range(100):
        if not Path(f"/proc/{process}").exists():
            return
        time.sleep(0.05)
    pytest.fail("the verifying process outlived its web process")


def test_the_process_loads_no_django(worker: ProofWorker) -> None:
    assert worker.run(eval, "'django' in __import__('sys').modules") is False


def test_a_process_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = ProofWorker(at_once=1)
    worker.run(os.getpid)
    monkeypatch.setattr(verifying, "LONGEST_WAIT", 0.1)
    with pytest.raises(Busy):
        worker.run(time.sleep, 1)
    monkeypatch.undo()
    assert worker.run(os.getpid) != os.getpid()
    worker.stop()


def test_a_flood_is_refused_and_reading_goes_on(full_house: ProofWorker, visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    response = visitor.client.post(
        "/knock/finish/", {"packet": fragment(packet("first", newest_address()))}, content_type="application/json"
    )
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "try again in a few seconds" in response.json()["error"]
    assert visitor.client.get("/join/").status_code == 200


def test_who_was_refused_in_a_flood_may_hand_the_same_proof_in_again(
    visitor: Visitor, edition: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = ProofWorker(at_once=1)
    monkeypatch.setattr(knocking, "proof_worker", lambda: worker)
    visitor.begin("first")
    with worker.slot():
        assert visitor.hand_in(packet("first", newest_address()))[0] == 503
    assert visitor.hand_in(packet("first", newest_address()))[0] == 200
    worker.stop()


def test_packets_for_another_knock_never_reach_the_process(full_house: ProofWorker, visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    assert visitor.hand_in(packet("again", newest_address()))[0] == 403


def test_reading_is_quick_while_proofs_are_being_verified(make_visitor: MakeVisitor, visitor: Visitor, edition: Manifest) -> None:
    """The process is busy with real work for a second; pages answer meanwhile."""
    visitor.client.get("/sign-in/")
    busy = threading.Thread(target=verifying.proof_worker().run, args=(sum, range(40_000_000)))
    busy.start()
    slowest = 0.0
    for _ in range(5):
        before = time.monotonic()
        assert make_visitor().client.get("/sign-in/").status_code == 200
        slowest = max(slowest, time.monotonic() - before)
    assert busy.is_alive()
    busy.join()
    assert slowest < 0.5


def test_one_session_may_knock_ten_times_and_one_address_thirty(make_visitor: MakeVisitor, visitor: Visitor, edition: Manifest) -> None:
    visitor.begin("first")
    answers = [visitor.hand_in(packet("again", newest_address()))[0] for _ in range(11)]
    assert answers == [403] * 10 + [429]
    for _ in range(2):
        other = make_visitor()
        other.begin("first")
        answers += [other.hand_in(packet("again", newest_address()))[0] for _ in range(10)]
    assert answers[-1] == 429
    assert not Member.objects.exists()


def test_as_many_places_as_settings_say(settings: LazySettings) -> None:
    worker = ProofWorker(at_once=settings.PROOFS_AT_ONCE)
    held = [worker.slot() for _ in range(settings.PROOFS_AT_ONCE)]
    for slot in held:
        slot.__enter__()
    with pytest.raises(Busy), worker.slot():
        pass
    for slot in held:
        slot.__exit__(None, None, None)
