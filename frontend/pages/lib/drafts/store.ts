// Where drafts lie: in this browser alone, encrypted with keys that no script can read out, each under a name that tells neither whose it
// is nor what.
/* eslint no-restricted-globals: ["error", "localStorage", "sessionStorage"] -- drafts outlive a tab; only ciphertext and keys that stay inside */
import { type Verdict, type Versioned, verdictOn } from "./versions";

const DATABASE = "curbside-drafts";
const IV_LENGTH = 12;

export type Values = Readonly<Record<string, string>>;

export interface Kept extends Versioned {
  readonly id: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

interface Keys {
  readonly seal: CryptoKey;
  readonly name: CryptoKey;
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error("the browser's storage failed"));
    };
  });
}

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error("the browser's storage failed"));
    };
  });
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("keys");
    request.result.createObjectStore("drafts", { keyPath: "id" });
  };
  return resultOf(request);
}

async function keysOf(database: IDBDatabase): Promise<Keys> {
  const seal = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const name = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const transaction = database.transaction("keys", "readwrite");
  const store = transaction.objectStore("keys");
  const kept = (await resultOf(store.get("keys"))) as Keys | undefined;
  if (kept === undefined) store.put({ seal, name }, "keys");
  await endOf(transaction);
  return kept ?? { seal, name };
}

async function nameOf(key: CryptoKey, place: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(place)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The draft of one person for one composer. */
export class Drawer {
  private constructor(
    private readonly database: IDBDatabase,
    private readonly seal: CryptoKey,
    private readonly id: string,
  ) {}

  static async open(place: string): Promise<Drawer> {
    const database = await open();
    const keys = await keysOf(database);
    return new Drawer(database, keys.seal, await nameOf(keys.name, place));
  }

  async kept(): Promise<Kept | undefined> {
    return (await resultOf(this.database.transaction("drafts").objectStore("drafts").get(this.id))) as Kept | undefined;
  }

  /** The words of a draft; null if another key sealed them, which one has who signed out since. */
  async read(kept: Kept): Promise<Values | null> {
    try {
      const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, this.seal, kept.sealed);
      return JSON.parse(new TextDecoder().decode(opened)) as Values;
    } catch {
      return null;
    }
  }

  /** Write, unless another tab wrote since `seen`; which of both, and the version written. */
  async write(values: Values, about: { seen: string | null; sent: boolean; day: number }): Promise<{ verdict: Verdict; version: string }> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.seal, new TextEncoder().encode(JSON.stringify(values)));
    const version = crypto.randomUUID();
    const draft: Kept = { id: this.id, version, sent: about.sent, day: about.day, iv, sealed };
    const transaction = this.database.transaction("drafts", "readwrite");
    const store = transaction.objectStore("drafts");
    const verdict = verdictOn((await resultOf(store.get(this.id))) as Kept | undefined, about.seen);
    if (verdict === "write") store.put(draft);
    await endOf(transaction);
    return { verdict, version };
  }

  /** Remove, unless another tab wrote since `seen`. */
  async remove(seen: string | null): Promise<Verdict> {
    const transaction = this.database.transaction("drafts", "readwrite");
    const store = transaction.objectStore("drafts");
    const verdict = verdictOn((await resultOf(store.get(this.id))) as Kept | undefined, seen);
    if (verdict === "write") store.delete(this.id);
    await endOf(transaction);
    return verdict;
  }
}

/** Remove what was sent, now that the server said that it is posted. */
export async function forgetSent(): Promise<void> {
  const database = await open();
  const transaction = database.transaction("drafts", "readwrite");
  const store = transaction.objectStore("drafts");
  for (const draft of (await resultOf(store.getAll())) as Kept[]) if (draft.sent) store.delete(draft.id);
  await endOf(transaction);
}

/** Remove every draft and the keys, and tell the other tabs. */
export async function forgetAll(): Promise<void> {
  onForgotten().postMessage("forgotten");
  const database = await open();
  const transaction = database.transaction(["drafts", "keys"], "readwrite");
  transaction.objectStore("drafts").clear();
  transaction.objectStore("keys").clear();
  await endOf(transaction);
}

/** Hears that another tab forgot everything: what it would still write could no more be read. */
export const onForgotten = (): BroadcastChannel => new BroadcastChannel(DATABASE);
