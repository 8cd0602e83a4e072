/** Fetches files of the wallet's own host, whole, with progress, refusing any other bytes than those asked for. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { WalletError, type Failure } from "./errors";

export type Progress = (done: number, total: number) => void;

/** No cookie, no referrer, no redirect to elsewhere. */
const REQUEST: RequestInit = { credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" };

export interface Expected {
  readonly bytes: number;
  readonly sha256: string;
  /** What to report where the bytes are others. */
  readonly failure: Failure;
}

async function open(path: string): Promise<Response> {
  const response = await fetch(path, REQUEST).catch(() => null);
  if (response === null) throw new WalletError("offline", path);
  if (!response.ok) throw new WalletError("missingFile", path);
  return response;
}

async function* chunksOf(response: Response, path: string): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new WalletError("offline", path);
    });
    if (done) return;
    yield value;
  }
}

/** A file whose length and hash are known beforehand. */
export async function downloadExactly(path: string, expected: Expected, progress: Progress): Promise<Uint8Array> {
  const bytes = new Uint8Array(expected.bytes);
  const hash = sha256.create();
  let done = 0;
  for await (const chunk of chunksOf(await open(path), path)) {
    if (done + chunk.length > bytes.length) throw new WalletError(expected.failure, path);
    bytes.set(chunk, done);
    hash.update(chunk);
    done += chunk.length;
    progress(done, bytes.length);
  }
  if (done !== bytes.length || bytesToHex(hash.digest()) !== expected.sha256) throw new WalletError(expected.failure, path);
  return bytes;
}

/** A small file. */
export async function download(path: string): Promise<Uint8Array> {
  const response = await open(path);
  return new Uint8Array(await response.arrayBuffer().catch(() => {
    throw new WalletError("offline", path);
  }));
}
