/** The proving worker: loads the pinned circuit files, proves, and is ended by the page. It talks to nobody else. */
import circuit from "./circuit.json";
import { downloadExactly } from "./download";
import { WalletError } from "./errors";
import type { Circuit, SemaphoreProof } from "./proof";
import { prove } from "./proof";
import type { ProverMessage, ProverTask } from "./prover_messages";
import { identityOf, type Secret, wipe } from "./secret";

const say = (message: ProverMessage): void => {
  postMessage(message);
};

async function loadCircuit(): Promise<Circuit> {
  const total = circuit.wasm.bytes + circuit.zkey.bytes;
  const load = (file: typeof circuit.wasm, before: number): Promise<Uint8Array> =>
    downloadExactly(file.name, { bytes: file.bytes, sha256: file.sha256, failure: "badCircuit" }, (done) => {
      say({ kind: "loading", done: before + done, total });
    });
  const wasm = await load(circuit.wasm, 0);
  return { wasm, zkey: await load(circuit.zkey, circuit.wasm.bytes) };
}

async function proveAll({ secret, statements }: ProverTask): Promise<SemaphoreProof[]> {
  const files = await loadCircuit();
  const { secretScalar } = identityOf(secret as Secret);
  wipe(secret);
  const proofs: SemaphoreProof[] = [];
  for (const statement of statements) {
    const which = { kind: "proving", number: proofs.length + 1, count: statements.length } as const;
    const proof = await prove(secretScalar, statement, files, (done, total) => {
      say({ ...which, done, total });
    });
    proofs.push(proof);
  }
  return proofs;
}

function failureOf(error: unknown): ProverMessage {
  if (error instanceof WalletError) return { kind: "failed", failure: error.failure, detail: error.detail };
  return { kind: "failed", failure: error instanceof RangeError ? "memory" : "proverFailed", detail: "" };
}

self.onmessage = ({ data }: MessageEvent<ProverTask>): void => {
  proveAll(data).then(
    (proofs) => {
      say({ kind: "done", proofs });
    },
    (error: unknown) => {
      say(failureOf(error));
    },
  );
};
