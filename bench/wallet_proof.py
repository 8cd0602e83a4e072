"""How long a depth-20 proof takes in Chromium, from the press of a button to the packet, by the wallet as it is built.

npm run build && .venv/bin/python -m bench.wallet_proof [--proofs 5] [--leaves 1000]
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.browser.test_wallet_alone import COMMUNITY, commit_with_passkey, handed_nullifier, heading, open_prove, press, terms
from tests.browser.wallet_place import WalletPlace, chromium, open_page, serving


def seconds_for_proof(page: Page, place: WalletPlace) -> float:
    """Seconds from the last choice to the page that offers the packet: fetching the circuit from this machine, and one proof."""
    asked = terms()
    open_prove(page, place, asked)
    press(page, "Unlock with my passkey")
    heading(page, "Better wait for the next edition", 60_000)
    before = time.monotonic()
    press(page, "Prove now anyway")
    heading(page, "The proof is ready", 300_000)
    taken = time.monotonic() - before
    handed_nullifier(page, place, asked)
    return taken


def measure(proofs: int, leaves: int) -> list[float]:
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(WalletPlace(Path(folder))) as place,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
        browser.new_context() as context,
    ):
        page = open_page(context, [])
        commitment, _ = commit_with_passkey(page, place)
        place.publish(everyone=[*range(1, leaves), commitment])
        return [seconds_for_proof(page, place) for _ in range(proofs)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--proofs", type=int, default=5)
    parser.add_argument("--leaves", type=int, default=1000)
    asked = parser.parse_args()
    times = measure(asked.proofs, asked.leaves)
    print(f"{COMMUNITY}: {len(times)} proofs over {asked.leaves} leaves: median {statistics.median(times):.1f} s, worst {max(times):.1f} s")


if __name__ == "__main__":
    main()
