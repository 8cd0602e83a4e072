/** The page's side of the proving worker: one worker for all proofs of a packet, ended when they are done or failed. */
import { WalletError } from "./errors";
import type { SemaphoreProof, Statement } from "./proof";
import type { ProverMessage, ProverTask } from "./prover_messages";
import type { Secret } from "./secret";

type Report = (message: Extract<ProverMessage, { kind: "loading" | "proving" }>) => void;

function proofsFrom(worker: Worker, report: Report): Promise<SemaphoreProof[]> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ProverMessage>): void => {
      if (data.kind === "done") resolve(data.proofs);
      else if (data.kind === "failed") reject(new WalletError(data.failure, data.detail));
      else report(data);
    };
    worker.onerror = (): void => {
      reject(new WalletError("proverFailed"));
    };
    worker.onmessageerror = worker.onerror as () => void;
  });
}

export async function proveInWorker(secret: Secret, statements: readonly Statement[], report: Report): Promise<SemaphoreProof[]> {
  const worker = new Worker("prover.js", { type: "module" });
  try {
    const proofs = proofsFrom(worker, report);
    const task: ProverTask = { secret: Uint8Array.from(secret), statements };
    worker.postMessage(task, [task.secret.buffer]);
    return await proofs;
  } finally {
    worker.terminate();
  }
}
