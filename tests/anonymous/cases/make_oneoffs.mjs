// Makes fixtures/oneoffs.json: real proofs for fixed secrets, cases, days and one challenge, so that the unit tests need no Node.
//
// Run from the repository's root: node tests/anonymous/cases/make_oneoffs.mjs
// The secrets and the roll are those of tests/anonymous/membership/make_knocks.mjs. The scopes and messages are computed here from
// docs/wire-format.md alone, so that the tests compare two implementations.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Group } from "@semaphore-protocol/group";
import { Identity } from "@semaphore-protocol/identity";
import { generateProof } from "@semaphore-protocol/proof";

const here = dirname(fileURLToPath(import.meta.url));
const artifacts = dirname(createRequire(import.meta.url).resolve("@zk-kit/semaphore-artifacts/package.json"));
const circuit = { wasm: join(artifacts, "semaphore-20.wasm"), zkey: join(artifacts, "semaphore-20.zkey") };
const { rolls } = JSON.parse(await readFile(join(here, "../membership/fixtures/knocks.json"), "utf8"));

const COMMUNITY = "community.localhost";
const sha256 = (data) => createHash("sha256").update(data).digest();
const linesToInteger = (lines) => BigInt(`0x${sha256(lines.map((line) => `${line}\n`).join("")).toString("hex")}`);
const challenge = sha256("challenge of a one-off").toString("base64url");

const PLACES = {
  "the case": ["case", "4q9zt0w3hk2xm", ""],
  "another case": ["case", "5r8ys1v2gj3wn", ""],
  "the day": ["quota", "", "2026-11-23"],
  "the next day": ["quota", "", "2026-11-24"],
};
const WANTED = [
  ["one", "the case"],
  ["one", "another case"],
  ["one", "the day"],
  ["one", "the next day"],
  ["other", "the case"],
  ["other", "the day"],
];
const SECRETS = { one: 0, other: 1 };

const proofs = {};
for (const [person, place] of WANTED) {
  const [purpose, object, epoch] = PLACES[place];
  const lines = [COMMUNITY, purpose, object, epoch];
  const scope = linesToInteger(["curbside scope v1", ...lines]);
  const message = linesToInteger(["curbside knock v1", ...lines, challenge, "-", ""]);
  const identity = new Identity(sha256(`secret ${SECRETS[person]}`));
  const proof = await generateProof(identity, new Group(rolls.everyone.map(BigInt)), message, scope, 20, circuit);
  proofs[`${person}, ${place}`] = { purpose, object, epoch, proof };
}
await writeFile(join(here, "fixtures", "oneoffs.json"), `${JSON.stringify({ challenge, proofs }, null, 1)}\n`);
process.exit(0);
