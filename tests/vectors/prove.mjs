// Reads one job from standard input, {secret, leaves, message, scope, depth, artifacts}, and writes its Semaphore proof.
import { Group } from "@semaphore-protocol/group"
import { Identity } from "@semaphore-protocol/identity"
import { generateProof } from "@semaphore-protocol/proof"
import { readFileSync } from "node:fs"

const job = JSON.parse(readFileSync(0, "utf8"))
const group = new Group(job.leaves.map(BigInt))
const circuit = `${job.artifacts}/semaphore-${job.depth}`
const files = { wasm: `${circuit}.wasm`, zkey: `${circuit}.zkey` }
const proof = await generateProof(new Identity(job.secret), group, BigInt(job.message), BigInt(job.scope), job.depth, files)
process.stdout.write(JSON.stringify(proof))
process.exit(0) // snarkjs leaves its workers running
