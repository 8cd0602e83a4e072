/** The secret: 32 bytes in memory, its words, its commitment. It is never stored, sent, or written into a log or an address. */
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Identity } from "@semaphore-protocol/identity";
import { Buffer } from "buffer";
import { bytesOfWords, wordsOfBytes } from "../../lib/seed_words";
import { utf8 } from "./format";

export { WORD_COUNT, WordsError, type WordsProblem } from "../../lib/seed_words";

export type Secret = Uint8Array & { readonly __secret: unique symbol };

/** The one salt of every PRF evaluation. */
export const PRF_SALT = new Uint8Array(sha256(utf8("curbside wallet prf v1")));

export const randomSecret = (): Secret => crypto.getRandomValues(new Uint8Array(32)) as Uint8Array as Secret;

export const secretFromPrf = (output: Uint8Array): Secret => hkdf(sha256, output, new Uint8Array(0), utf8("curbside secret v1"), 32) as Uint8Array as Secret;

export const wordsOf = (secret: Secret): string[] => wordsOfBytes(secret);

/** The secret behind words typed in any case, with any white space, commas or numbering between them. */
export const secretFromWords = (typed: string): Secret => bytesOfWords(typed) as Secret;

/** Semaphore's identity. The library keeps its own copy of the bytes, which goes with the returned object. */
export const identityOf = (secret: Secret): Identity => new Identity(Buffer.from(secret));

export const commitmentOf = (secret: Secret): bigint => identityOf(secret).commitment;

export const wipe = (secret: Uint8Array): void => {
  secret.fill(0);
};
