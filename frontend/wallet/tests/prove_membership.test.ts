import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { generateProof, type SemaphoreProof as ReferenceProof, verifyProof } from "@semaphore-protocol/proof";
import { Group } from "@semaphore-protocol/group";
import { Identity } from "@semaphore-protocol/identity";
import { groth16, type Groth16Proof } from "snarkjs";
import { beforeAll, expect, test } from "vitest";
import circuit from "../src/circuit.json";
import { hexHash } from "../src/format";
import { type Circuit, inputHash, prove, type SemaphoreProof, type Statement } from "../src/proof";
import { RollFile } from "../src/roll_file";
import { commitmentOf, identityOf, secretFromWords } from "../src/secret";
import { ascending, writeRollFile } from "./roll_writer";
import { group, knocks, proof20, registrar, secrets } from "./vectors";

const artifact = (name: string): string => createRequire(import.meta.url).resolve(`@zk-kit/semaphore-artifacts/${name}`);

let files: Circuit;
let key: unknown;

beforeAll(async () => {
  files = { wasm: await readFile(artifact(circuit.wasm.name)), zkey: await readFile(artifact(circuit.zkey.name)) };
  key = JSON.parse(await readFile(artifact("semaphore-20.json"), "utf8"));
});

function unpack([ax, ay, bx1, bx0, by1, by0, cx, cy]: readonly string[]): Groth16Proof {
  const known = (value: string | undefined): string => value ?? "";
  return {
    pi_a: [known(ax), known(ay), "1"],
    pi_b: [
      [known(bx0), known(bx1)],
      [known(by0), known(by1)],
      ["1", "0"],
    ],
    pi_c: [known(cx), known(cy), "1"],
    protocol: "groth16",
    curve: "bn128",
  };
}

function verify(proof: SemaphoreProof): Promise<boolean> {
  const inputs = [proof.merkleTreeRoot, proof.nullifier, String(inputHash(BigInt(proof.message))), String(inputHash(BigInt(proof.scope)))];
  return groth16.verify(key as Parameters<typeof groth16.verify>[0], inputs, unpack(proof.points));
}

const secret = secretFromWords(secrets.examples[2]?.words ?? "");
const file = RollFile.decode(writeRollFile(ascending([...group.leaves.map(BigInt), commitmentOf(secret)])));
const [first, second] = knocks.examples;

function statement(message: string, scope: string): Statement {
  const place = file.find(commitmentOf(secret));
  if (place === null) throw new Error("not on the roll");
  return { place, root: file.root, message: BigInt(message), scope: BigInt(scope) };
}

const ignore = (): void => undefined;

const proveOn = (message = first?.message ?? "", scope = first?.scope ?? ""): Promise<SemaphoreProof> =>
  prove(identityOf(secret).secretScalar, statement(message, scope), files, ignore);

test("the circuit files are the pinned ones", () => {
  expect([files.wasm.length, hexHash(files.wasm)]).toEqual([circuit.wasm.bytes, circuit.wasm.sha256]);
  expect([files.zkey.length, hexHash(files.zkey)]).toEqual([circuit.zkey.bytes, circuit.zkey.sha256]);
});

test("the vectors' proof is accepted", async () => {
  expect(await verify(proof20)).toBe(true);
});

test.each(Object.entries(registrar.cases))("the proofs for the case that Python made, %s, are accepted", async (_, { packet }) => {
  for (const { proof } of packet.proofs) expect(await verify(proof)).toBe(true);
});

test("the wallet's proof is accepted by snarkjs and by Semaphore, and by neither after a change", async () => {
  const proof = await proveOn();
  expect(await verify(proof)).toBe(true);
  expect(await verifyProof(proof as ReferenceProof)).toBe(true);
  expect(await verify({ ...proof, message: second?.message ?? "" })).toBe(false);
  expect(await verify({ ...proof, nullifier: String(BigInt(proof.nullifier) + 1n) })).toBe(false);
  expect(await verifyProof({ ...proof, scope: second?.scope ?? "" } as ReferenceProof)).toBe(false);
});

test("the nullifier follows secret and scope alone, and is Semaphore's", async () => {
  const [one, other, elsewhere] = [await proveOn(), await proveOn(second?.message), await proveOn(first?.message, second?.scope)];
  expect(other.nullifier).toBe(one.nullifier);
  expect(other.points).not.toEqual(one.points);
  expect(elsewhere.nullifier).not.toBe(one.nullifier);
  const members = new Group(group.leaves.map(BigInt));
  const known = await prove(new Identity("doctor-7").secretScalar, { ...statementOfSeven(members), message: BigInt(proof20.message), scope: BigInt(proof20.scope) }, files, ignore);
  expect(known.nullifier).toBe(proof20.nullifier);
  expect(known.merkleTreeRoot).toBe(proof20.merkleTreeRoot);
});

function statementOfSeven(members: Group): Pick<Statement, "place" | "root"> {
  const { index, siblings, root } = members.generateMerkleProof(7);
  return { place: { index: 7, pathIndex: index, siblings }, root };
}

test("Semaphore's own prover gives the same public values", async () => {
  const leaves = ascending([...group.leaves.map(BigInt), commitmentOf(secret)]);
  const artifacts = { wasm: artifact(circuit.wasm.name), zkey: artifact(circuit.zkey.name) };
  const theirs = await generateProof(identityOf(secret), new Group(leaves), first?.message ?? "", first?.scope ?? "", circuit.depth, artifacts);
  expect({ ...(await proveOn()), points: [] }).toEqual({ ...theirs, points: [] });
});

test("the progress of a proof ends at its end", async () => {
  const seen: [number, number][] = [];
  await prove(identityOf(secret).secretScalar, statement(first?.message ?? "", first?.scope ?? ""), files, (done, total) => seen.push([done, total]));
  const [, total] = seen[0] ?? [0, 0];
  expect(seen).toEqual(Array.from({ length: total }, (_, index) => [index + 1, total]));
});

test("no proof is made for a root the path does not lead to", async () => {
  const wrong = { ...statement(first?.message ?? "", first?.scope ?? ""), root: 5n };
  await expect(prove(identityOf(secret).secretScalar, wrong, files, ignore)).rejects.toThrow("another root");
});
