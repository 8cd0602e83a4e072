/** Reads tests/vectors, which the Python implementation reads too. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SemaphoreProof } from "../src/proof";

export const bytesAt = (path: string): Uint8Array => readFileSync(fileURLToPath(new URL(`../../../tests/vectors/${path}`, import.meta.url)));

const read = (name: string): unknown => JSON.parse(new TextDecoder().decode(bytesAt(`${name}.json`)));

export const group = read("group") as { leaves: string[]; root: string };
export const proof20 = read("proof-20") as SemaphoreProof;

/** Made in Python: an edition of a registrar, and packets proved against it. */
export const registrar = read("knock") as {
  public_key: string;
  edition: string;
  cases: Record<string, { terms: Record<string, string>; scope: string; message: string; packet: { proofs: { roll: string; proof: SemaphoreProof }[] } }>;
};

/** Made here. */
export const knocks = read("knock-wallet") as {
  examples: {
    community: string;
    purpose: string;
    object: string;
    epoch: string;
    challenge: string;
    passkey: string;
    badges: string[];
    scope: string;
    message: string;
    scope_input: string;
    message_input: string;
  }[];
};

export const secrets = read("secret") as { prf_salt: string; examples: { prf: string; secret: string; words: string; commitment: string }[] };
