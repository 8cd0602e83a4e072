// A draft on its way to the wallet and back: encrypted in the tab's storage under a key that stands only in the wallet's address.
//
// Nothing readable is kept: without the address that the wallet opens at the end, what lies in the tab's storage is noise.
/* eslint no-restricted-globals: ["error", "localStorage", "indexedDB"] -- the tab's storage holds the draft's ciphertext, never its key */
const PLACE = "oneoff";
const IV_LENGTH = 12;

export interface Draft {
  /** What is to be done: post, answer, edit, close, remove, unanswer. */
  readonly act: string;
  /** The public id of the post it is about; empty for a new one. */
  readonly case: string;
  /** Of an answer that is to be removed. */
  readonly comment: string;
  /** What is sent, by field. */
  readonly fields: Readonly<Record<string, string>>;
  /** The server's ticket, and the exact text whose digest it holds. Empty before it was begun. */
  readonly ticket: string;
  readonly text: string;
}

export function toBase64url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

export const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

export async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const importKey = (state: string, use: "encrypt" | "decrypt"): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", fromBase64url(state), "AES-GCM", false, [use]);

/** Keeps the draft, in place of any other; gives the key to read it again. */
export async function keepDraft(draft: Draft): Promise<string> {
  const [state, iv] = [toBase64url(random(32)), random(IV_LENGTH)];
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await importKey(state, "encrypt"), new TextEncoder().encode(JSON.stringify(draft)));
  sessionStorage.setItem(PLACE, toBase64url(new Uint8Array([...iv, ...new Uint8Array(sealed)])));
  return state;
}

/** The draft, if this tab has one that this key opens. */
export async function readDraft(state: string): Promise<Draft | null> {
  const kept = sessionStorage.getItem(PLACE);
  if (kept === null) return null;
  try {
    const bytes = fromBase64url(kept);
    const key = await importKey(state, "decrypt");
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(0, IV_LENGTH) }, key, bytes.slice(IV_LENGTH));
    return JSON.parse(new TextDecoder().decode(opened)) as Draft;
  } catch {
    return null;
  }
}

export function forgetDraft(): void {
  sessionStorage.removeItem(PLACE);
}
