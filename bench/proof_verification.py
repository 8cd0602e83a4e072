"""How long the door takes to verify a proof, against the plain way of doing the same.

PYTHONPATH=src .venv/bin/python bench/proof_verification.py
"""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from py_ecc import bn128, optimized_bn128
from py_ecc.optimized_bn128 import optimized_curve, optimized_pairing

from curbside.credential import groth16
from curbside.credential.groth16 import ProofPoints, circuit_key
from curbside.credential.keccak import circuit_input
from curbside.credential.proof import verify_bare_proof

ROOT = Path(__file__).parent.parent
PROOF = (ROOT / "tests" / "vectors" / "proof-20.json").read_bytes()
KEY = json.loads((ROOT / "src/curbside/credential/keys/semaphore-20.json").read_bytes())


def median_seconds(run: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def inputs(proof: dict[str, str]) -> list[int]:
    return [int(proof["merkleTreeRoot"]), int(proof["nullifier"]), circuit_input(int(proof["message"])), circuit_input(int(proof["scope"]))]


def four_pairings(library) -> None:
    """The equation as textbooks write it: four whole pairings, with affine points (bn128) or projective ones."""
    proof = json.loads(PROOF)
    one = [] if library is bn128 else [library.FQ.one()]
    one2 = [] if library is bn128 else [library.FQ2.one()]

    def g1(x, y):
        return (library.FQ(int(x)), library.FQ(int(y)), *one)

    def g2(x, y):
        return (library.FQ2([int(c) for c in x]), library.FQ2([int(c) for c in y]), *one2)

    ax, ay, bx1, bx0, by1, by0, cx, cy = proof["points"]
    total = g1(*KEY["IC"][0][:2])
    for value, point in zip(inputs(proof), KEY["IC"][1:], strict=True):
        total = library.add(total, library.multiply(g1(*point[:2]), value))
    left = library.pairing(g2((bx0, bx1), (by0, by1)), g1(ax, ay))
    right = (
        library.pairing(g2(*KEY["vk_beta_2"][:2]), g1(*KEY["vk_alpha_1"][:2]))
        * library.pairing(g2(*KEY["vk_gamma_2"][:2]), total)
        * library.pairing(g2(*KEY["vk_delta_2"][:2]), g1(cx, cy))
    )
    assert left == right


def parts() -> None:
    points = ProofPoints.unpack(tuple(int(point) for point in json.loads(PROOF)["points"]))
    miller = optimized_pairing.pairing(points.b, points.a, final_exponentiate=False)
    rows = {
        "one Miller loop (three are needed)": lambda: optimized_pairing.pairing(points.b, points.a, final_exponentiate=False),
        "the final exponentiation, ours": lambda: groth16._is_one_after_final_exponentiation(miller),  # noqa: SLF001 - the part is measured apart
        "the final exponentiation, py_ecc's": lambda: optimized_pairing.final_exponentiate(miller),
        "the subgroup check of b": lambda: optimized_curve.multiply(points.b, optimized_curve.curve_order),
        "the public inputs' point": lambda: circuit_key().commit(inputs(json.loads(PROOF))),
    }
    for name, run in rows.items():
        print(f"  {name:<42} {1000 * median_seconds(run, 5):8.1f} ms")


def main() -> None:
    loading = median_seconds(circuit_key.__wrapped__, 3)
    circuit_key()
    ours = median_seconds(lambda: verify_bare_proof(PROOF), 9)
    optimized = median_seconds(lambda: four_pairings(optimized_bn128), 3)
    plain = median_seconds(lambda: four_pairings(bn128), 3)
    print(f"verify a proof, all steps                    {1000 * ours:8.1f} ms")
    print(f"four pairings with py_ecc.optimized_bn128    {1000 * optimized:8.1f} ms   {optimized / ours:5.1f} x")
    print(f"four pairings with py_ecc.bn128              {1000 * plain:8.1f} ms   {plain / ours:5.1f} x")
    print(f"reading the verification key, once           {1000 * loading:8.1f} ms")
    print("of which")
    parts()


if __name__ == "__main__":
    main()
