/** What the page and its proving worker say to each other. */
import type { Failure } from "./errors";
import type { SemaphoreProof, Statement } from "./proof";

export interface ProverTask {
  /** Transferred: the page keeps its own copy, the worker wipes this one. */
  readonly secret: Uint8Array;
  readonly statements: readonly Statement[];
}

export type ProverMessage =
  | { kind: "loading"; done: number; total: number }
  | { kind: "proving"; number: number; count: number; done: number; total: number }
  | { kind: "done"; proofs: SemaphoreProof[] }
  | { kind: "failed"; failure: Failure; detail: string };
