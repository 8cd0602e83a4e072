/** Writes roll files for the tests, level by level, as the registrar's side does. */
import { concatBytes } from "@noble/hashes/utils.js";
import { poseidon2 } from "poseidon-lite/poseidon2";
import { bigIntToBytes, utf8 } from "../src/format";

export function levelsOver(leaves: readonly bigint[]): bigint[][] {
  const levels = [[...leaves]];
  for (let level = levels[0] ?? []; level.length > 1; levels.push(level)) {
    const below = level;
    level = Array.from({ length: Math.ceil(below.length / 2) }, (_, index) => parentOf(below[2 * index] ?? 0n, below[2 * index + 1]));
  }
  return levels;
}

const parentOf = (left: bigint, right: bigint | undefined): bigint => (right === undefined ? left : poseidon2([left, right]));

export const ascending = (leaves: readonly bigint[]): bigint[] => [...leaves].sort((left, right) => (left < right ? -1 : 1));

/** A roll file over exactly these leaves, in this order. */
export function writeRollFile(leaves: readonly bigint[]): Uint8Array {
  const levels = levelsOver(leaves);
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, leaves.length);
  return concatBytes(utf8("CURBROLL"), Uint8Array.of(1, levels.length, 0, 0), count, ...levels.flat().map(bigIntToBytes));
}
