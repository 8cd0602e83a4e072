/** One Semaphore proof at depth 20, as DESIGN.md section 1 states it. Runs in the worker, and in the tests under Node. */
import { keccak_256 } from "@noble/hashes/sha3.js";
import { groth16, type Groth16Proof } from "snarkjs";
import circuit from "./circuit.json";
import type { Progress } from "./download";
import { bigIntToBytes, bytesToBigInt } from "./format";
import type { Place } from "./roll_file";

export interface SemaphoreProof {
  readonly merkleTreeDepth: number;
  readonly merkleTreeRoot: string;
  readonly nullifier: string;
  readonly message: string;
  readonly scope: string;
  readonly points: readonly string[];
}

export interface Circuit {
  readonly wasm: Uint8Array;
  readonly zkey: Uint8Array;
}

export interface Statement {
  readonly place: Place;
  readonly root: bigint;
  readonly message: bigint;
  readonly scope: bigint;
}

/** How a 256-bit number becomes a public input of the circuit. */
export const inputHash = (value: bigint): bigint => bytesToBigInt(keccak_256(bigIntToBytes(value))) >> 8n;

function inputsOf(secretScalar: bigint, { place, message, scope }: Statement): Record<string, string | number | string[]> {
  const siblings = Array.from({ length: circuit.depth }, (_, level) => String(place.siblings[level] ?? 0n));
  return {
    secret: String(secretScalar),
    merkleProofLength: place.siblings.length,
    merkleProofIndex: place.pathIndex,
    merkleProofSiblings: siblings,
    message: String(inputHash(message)),
    scope: String(inputHash(scope)),
  };
}

const coordinate = (values: readonly string[], index: number): string => {
  const value = values[index];
  if (value === undefined) throw new Error("the prover left out a coordinate");
  return value;
};

/** [a.x, a.y, b.x1, b.x0, b.y1, b.y0, c.x, c.y]: the halves of b swapped as in Solidity call data. */
function packPoints({ pi_a: a, pi_b: b, pi_c: c }: Groth16Proof): string[] {
  const [bx = [], by = []] = b;
  return [coordinate(a, 0), coordinate(a, 1), coordinate(bx, 1), coordinate(bx, 0), coordinate(by, 1), coordinate(by, 0), coordinate(c, 0), coordinate(c, 1)];
}

/** A single thread: the library's own threads would be started from blobs, which the policy forbids. */
const SINGLE_THREAD = { singleThread: true };

/** How many notes the library writes on the way to one proof with this circuit; only the progress bar depends on it. */
const NOTES = 34;

function loggerFor(progress: Progress): object {
  let notes = 0;
  const ignore = (): void => undefined;
  const debug = (): void => {
    notes += 1;
    progress(Math.min(notes, NOTES), NOTES);
  };
  return { debug, info: ignore, warn: ignore, error: ignore };
}

export async function prove(secretScalar: bigint, statement: Statement, files: Circuit, progress: Progress): Promise<SemaphoreProof> {
  const inputs = inputsOf(secretScalar, statement);
  const { proof, publicSignals } = await groth16.fullProve(inputs, files.wasm, files.zkey, loggerFor(progress), undefined, SINGLE_THREAD);
  const root = coordinate(publicSignals, 0);
  if (root !== String(statement.root)) throw new Error("the proof is about another root");
  return {
    merkleTreeDepth: circuit.depth,
    merkleTreeRoot: root,
    nullifier: coordinate(publicSignals, 1),
    message: String(statement.message),
    scope: String(statement.scope),
    points: packPoints(proof),
  };
}
