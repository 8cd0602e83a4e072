/**
 * A member's message key: an age identity (X25519), made anew from the passkey's PRF or from 24 words whenever it is needed, held in
 * memory only. docs/wire-format.md, "Private messages", has every byte.
 */
import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { base64urlnopad, bech32 } from "@scure/base";
import { bytesOfWords, wordsOfBytes } from "../../../lib/seed_words";
import { MESSAGE_SALT } from "./salt";

export { MESSAGE_SALT };

/** 32 bytes from which everything of a key is derived. */
export type Seed = Uint8Array & { readonly __seed: unique symbol };

/** A public key as age writes it: `age1…`. */
export type Recipient = string;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const derive = (source: Uint8Array, info: string, ...more: Uint8Array[]): Uint8Array =>
  hkdf(sha256, source, new Uint8Array(0), concatBytes(utf8(info), ...more), 32);

export const seedFromPrf = (output: Uint8Array): Seed => derive(output, "curbside message seed v1") as Seed;
export const seedFromWords = (typed: string): Seed => bytesOfWords(typed) as Seed;
export const randomSeed = (): Seed => crypto.getRandomValues(new Uint8Array(32)) as Uint8Array as Seed;
export const wordsOfSeed = (seed: Seed): string[] => wordsOfBytes(seed);

export const RECIPIENT_BYTES = 32;

/** The 32 bytes of a public key; refuses every other kind of recipient. */
export function bytesOfRecipient(recipient: Recipient): Uint8Array {
  const { prefix, bytes } = bech32.decodeToBytes(recipient);
  if (prefix !== "age" || bytes.length !== RECIPIENT_BYTES) throw new Error("not an X25519 recipient");
  return bytes;
}

export const recipientOfBytes = (bytes: Uint8Array): Recipient => bech32.encodeFromBytes("age", bytes);

export class MessageKey {
  readonly recipient: Recipient;
  readonly publicBytes: Uint8Array;
  /** As age reads it: `AGE-SECRET-KEY-1…`. */
  readonly identity: string;
  readonly #scalar: Uint8Array;
  readonly #codes: Uint8Array;

  constructor(seed: Seed) {
    this.#scalar = derive(seed, "curbside message key v1");
    this.#codes = derive(seed, "curbside message codes v1");
    this.publicBytes = x25519.getPublicKey(this.#scalar);
    this.recipient = recipientOfBytes(this.publicBytes);
    this.identity = bech32.encodeFromBytes("AGE-SECRET-KEY-", this.#scalar).toUpperCase();
  }

  /** The key of the code that shows one of the two members wrote a message: nobody else can compute it. */
  codeKey(other: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
    return derive(x25519.getSharedSecret(this.#scalar, other), "curbside message code v1", from, to);
  }

  /** What the server keeps for this member and cannot make: which public key the other had. */
  pin(other: Recipient): string {
    return this.#code(`pin\n${other}\n`);
  }

  /** Likewise: that the fingerprint of these two keys was compared. */
  compared(other: Recipient): string {
    return this.#code(`compared\n${this.recipient}\n${other}\n`);
  }

  #code(text: string): string {
    return base64urlnopad.encode(hmac(sha256, this.#codes, utf8(text)));
  }
}

const DIGITS = 60;

/** What both members see alike when nobody stands between them: 12 groups of 5 digits over both public keys, about 199 bits. */
export function fingerprint(one: Recipient, other: Recipient): string[] {
  const bytes = sha512(utf8(`curbside fingerprint v1\n${[one, other].sort().join("\n")}\n`));
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % 10n ** BigInt(DIGITS);
  return number.toString().padStart(DIGITS, "0").match(/\d{5}/g) ?? [];
}
