// The wallet's part in bulk, by the libraries the wallet uses. Standard input: one job a line, standard output: one answer a line.
// {"kind": "identities", "secrets": [base64], "scope": decimal}  ->  [{commitment, nullifier}]
// {"kind": "proof", "secret", "leaves": [decimal], "message", "scope"}  ->  a Semaphore proof of depth 20
import { Group } from "@semaphore-protocol/group"
import { Identity } from "@semaphore-protocol/identity"
import { generateProof } from "@semaphore-protocol/proof"
import { keccak_256 } from "@noble/hashes/sha3.js"
import { poseidon2 } from "poseidon-lite/poseidon2"
import { createInterface } from "node:readline"

const artifacts = new URL("../../node_modules/@zk-kit/semaphore-artifacts/", import.meta.url).pathname
const identityOf = (secret) => new Identity(Buffer.from(secret, "base64"))
const bytesOf = (value) => Buffer.from(BigInt(value).toString(16).padStart(64, "0"), "hex")
const circuitInput = (value) => BigInt(`0x${Buffer.from(keccak_256(bytesOf(value))).toString("hex")}`) >> 8n

function identities({ secrets, scope }) {
  const input = circuitInput(scope)
  return secrets.map(identityOf).map((identity) => ({
    commitment: String(identity.commitment),
    nullifier: String(poseidon2([input, identity.secretScalar])),
  }))
}

async function proof({ secret, leaves, message, scope }) {
  const group = new Group(leaves.map(BigInt))
  const files = { wasm: `${artifacts}semaphore-20.wasm`, zkey: `${artifacts}semaphore-20.zkey` }
  return generateProof(identityOf(secret), group, BigInt(message), BigInt(scope), 20, files)
}

for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line)
  const answer = job.kind === "identities" ? identities(job) : await proof(job)
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
process.exit(0) // snarkjs leaves its workers running
