import { Group } from "@semaphore-protocol/group";
import { poseidon2 } from "poseidon-lite/poseidon2";
import { describe, expect, test } from "vitest";
import { FIELD_ORDER } from "../src/format";
import { levelSizes, RollFile } from "../src/roll_file";
import { ascending, levelsOver, writeRollFile } from "./roll_writer";
import { group } from "./vectors";

const commitments = group.leaves.map(BigInt);
const sorted = ascending(commitments);
const roll = writeRollFile(sorted);

const changed = (change: (bytes: Uint8Array) => void): Uint8Array => {
  const bytes = Uint8Array.from(roll);
  change(bytes);
  return bytes;
};

test("Poseidon of 1 and 2 is the known number", () => {
  expect(poseidon2([1n, 2n])).toBe(7853200120776062878684798364095072458815029376092732009249414926327459813530n);
});

test("the levels over the vectors' leaves end in their root", () => {
  expect(levelsOver(commitments).at(-1)).toEqual([BigInt(group.root)]);
});

test("a roll file over the sorted leaves has the root of Semaphore's own group", () => {
  expect(RollFile.decode(roll).root).toBe(new Group(sorted).root);
});

test.each([1, 2, 3, 5, 8, 21, 300])("every leaf of a roll of %i is found with the path that Semaphore's group gives", (size) => {
  const leaves = sorted.slice(0, size);
  const reference = new Group(leaves);
  const file = RollFile.decode(writeRollFile(leaves));
  for (const index of new Set([0, size >> 1, size - 1])) {
    const proof = reference.generateMerkleProof(index);
    expect(file.find(leaves[index] ?? 0n)).toEqual({ index, pathIndex: proof.index, siblings: proof.siblings });
  }
});

test("a commitment that is not on the roll is not found", () => {
  const file = RollFile.decode(writeRollFile(sorted.slice(1, 299)));
  for (const absent of [sorted[0], sorted[299], (sorted[150] ?? 0n) + 1n]) expect(file.find(absent ?? 0n)).toBeNull();
});

test("a path that does not hash to the root is refused", () => {
  const bytes = changed((copy) => {
    copy[16 + 32 * 300 + 31] = (copy[16 + 32 * 300 + 31] ?? 0) ^ 1;
  });
  expect(() => RollFile.decode(bytes).find(sorted[0] ?? 0n)).not.toThrow();
  expect(() => RollFile.decode(bytes).find(sorted[2] ?? 0n)).toThrow("do not hash");
});

test("newcomers are counted against an earlier roll", () => {
  const earlier = RollFile.decode(writeRollFile(sorted.filter((_, index) => index % 3 !== 0)));
  expect(RollFile.decode(roll).newSince(earlier)).toBe(100);
  expect(earlier.newSince(RollFile.decode(roll))).toBe(0);
});

test("levels halve, rounded up", () => {
  expect(levelSizes(300)).toEqual([300, 150, 75, 38, 19, 10, 5, 3, 2, 1]);
  expect(levelSizes(2 ** 20)).toHaveLength(21);
});

const bytesAt =
  (bytes: readonly number[], offset: number) =>
  (copy: Uint8Array): void => {
    copy.set(bytes, offset);
  };

describe("refuses", () => {
  const zeroFirst = writeRollFile([0n, ...sorted.slice(0, 3)]);
  const refused: [string, Uint8Array][] = [
    ["nothing", new Uint8Array(0)],
    ["a short header", roll.slice(0, 15)],
    ["a header alone", roll.slice(0, 16)],
    ["a missing byte", roll.slice(0, -1)],
    ["a missing node", roll.slice(0, -32)],
    ["a trailing byte", Uint8Array.from([...roll, 0])],
    ["another magic", changed(bytesAt([0], 0))],
    ["another version", changed(bytesAt([2], 8))],
    ["another number of levels", changed(bytesAt([11], 9))],
    ["a set reserved byte", changed(bytesAt([1], 11))],
    ["a leaf too many", changed(bytesAt([45], 15))],
    ["no leaves", changed(bytesAt([0, 0, 0, 0], 12))],
    ["more leaves than the circuit takes", changed(bytesAt([0, 16, 0, 1], 12))],
    ["unsorted leaves", writeRollFile([...sorted].reverse())],
    ["a leaf twice", writeRollFile([sorted[0] ?? 0n, sorted[0] ?? 0n, sorted[1] ?? 0n])],
    ["a zero leaf", zeroFirst],
    ["a leaf beyond the field", writeRollFile([...sorted.slice(0, 3), FIELD_ORDER])],
  ];

  test.each(refused)("%s", (_, bytes) => {
    expect(() => RollFile.decode(bytes)).toThrow();
  });
});
