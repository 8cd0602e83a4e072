// Makes fixtures/knocks.json: real proofs for fixed secrets, rolls, challenges and passkeys, so that the unit tests need no Node.
//
// Run from the repository's root: node tests/anonymous/membership/make_knocks.mjs
// Cases that are in the file stay as they are, because a proof is another one each time; with --anew all are made anew.
// The scopes and messages are computed here from docs/wire-format.md alone, so that the tests compare two implementations.
import { createECDH, createHash } from "node:crypto";
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

const REGISTRAR = "directory.example.org";
const sha256 = (data) => createHash("sha256").update(data).digest();
const linesToInteger = (lines) => BigInt(`0x${sha256(lines.map((line) => `${line}\n`).join("")).toString("hex")}`);

const identities = Array.from({ length: 8 }, (_, number) => new Identity(sha256(`secret ${number}`)));
const commitments = identities.map(({ commitment }) => commitment);
const ascending = (values) => [...values].sort((a, b) => (a < b ? -1 : 1));
const rolls = {
  everyone: ascending(commitments),
  gb: ascending(commitments.slice(0, 6)),
  "gb/anaesthetics": ascending(commitments.slice(0, 5)),
  "gb/neurology": ascending([...commitments.slice(0, 3), commitments[5]]),
};

/** The COSE key of the P-256 key whose private half is this small number. */
function coseKey(number) {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(Buffer.from(number.toString(16).padStart(64, "0"), "hex"));
  const point = ecdh.getPublicKey();
  return Buffer.concat([Buffer.from("a5010203262001215820", "hex"), point.subarray(1, 33), Buffer.from("225820", "hex"), point.subarray(33)]);
}

const challenge = (number) => sha256(`challenge ${number}`).toString("base64url");
const passkey = (number) => (number === null ? "-" : sha256(coseKey(number)).toString("base64url"));

const CASES = {
  first: { secret: 0, challenge: 1, passkey: 1, badges: [] },
  again: { secret: 0, challenge: 2, passkey: 2, badges: ["gb/anaesthetics"] },
  renewal: { secret: 0, challenge: 3, passkey: null, badges: ["gb"] },
  "two badges": { secret: 1, challenge: 1, passkey: 1, badges: ["gb", "gb/anaesthetics"] },
  "other wallet": { secret: 1, challenge: 3, passkey: null, badges: ["gb"] },
  "other host": { secret: 0, challenge: 1, passkey: 1, badges: [], community: "elsewhere.example.org" },
  "another registrar": { secret: 0, challenge: 1, passkey: 1, badges: ["annuaire.example.org:gb"] },
  "both registrars": { secret: 0, challenge: 3, passkey: null, badges: ["annuaire.example.org:gb", "directory.example.org:gb/anaesthetics"] },
  "small roll": { secret: 0, challenge: 1, passkey: 1, badges: ["gb/neurology"] },
};

async function make({ secret, badges, community = "community.localhost", ...terms }) {
  const place = [community, "member", "", ""];
  const asked = badges.map((badge) => (badge.includes(":") ? badge : `${REGISTRAR}:${badge}`)).join(",");
  const scope = linesToInteger(["curbside scope v1", ...place]);
  const message = linesToInteger(["curbside knock v1", ...place, challenge(terms.challenge), passkey(terms.passkey), asked]);
  const proofs = [];
  for (const badge of badges.length > 0 ? badges : ["everyone"]) {
    const roll = badge.split(":").at(-1);
    const proof = await generateProof(identities[secret], new Group(rolls[roll]), message, scope, 20, circuit);
    proofs.push({ roll, proof });
  }
  return { challenge: challenge(terms.challenge), passkey: terms.passkey, badges, proofs };
}

const file = join(here, "fixtures", "knocks.json");
const known = process.argv.includes("--anew") ? {} : JSON.parse(await readFile(file, "utf8")).cases;
const cases = {};
for (const [name, terms] of Object.entries(CASES)) cases[name] = known[name] ?? (await make(terms));
const content = { registrar: REGISTRAR, rolls: Object.fromEntries(Object.entries(rolls).map(([name, leaves]) => [name, leaves.map(String)])), cases };
await writeFile(file, `${JSON.stringify(content, null, 1)}\n`);
process.exit(0);
