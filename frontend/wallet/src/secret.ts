/** The secret: 32 bytes in memory, its words, its commitment. It is never stored, sent, or written into a log or an address. */
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { Identity } from "@semaphore-protocol/identity";
import { Buffer } from "buffer";
import { utf8 } from "./format";

export type Secret = Uint8Array & { readonly __secret: unique symbol };

/** The one salt of every PRF evaluation. */
export const PRF_SALT = sha256(utf8("curbside wallet prf v1"));

export const WORD_COUNT = 24;

export type WordsProblem = { kind: "count"; count: number } | { kind: "unknown"; word: string; position: number } | { kind: "checksum" };

export class WordsError extends Error {
  override readonly name = "WordsError";
  constructor(readonly problem: WordsProblem) {
    super(problem.kind);
  }
}

export const randomSecret = (): Secret => crypto.getRandomValues(new Uint8Array(32)) as Uint8Array as Secret;

export const secretFromPrf = (output: Uint8Array): Secret => hkdf(sha256, output, new Uint8Array(0), utf8("curbside secret v1"), 32) as Uint8Array as Secret;

export const wordsOf = (secret: Secret): string[] => entropyToMnemonic(secret, wordlist).split(" ");

/** The secret behind words typed in any case, with any white space, commas or numbering between them. */
export function secretFromWords(typed: string): Secret {
  const words = typed.normalize("NFKD").toLowerCase().split(/[\s\d.,;:)]+/).filter((word) => word !== "");
  words.forEach((word, index) => {
    if (!wordlist.includes(word)) throw new WordsError({ kind: "unknown", word, position: index + 1 });
  });
  if (words.length !== WORD_COUNT) throw new WordsError({ kind: "count", count: words.length });
  try {
    return mnemonicToEntropy(words.join(" "), wordlist) as Uint8Array as Secret;
  } catch {
    throw new WordsError({ kind: "checksum" });
  }
}

/** Semaphore's identity. The library keeps its own copy of the bytes, which goes with the returned object. */
export const identityOf = (secret: Secret): Identity => new Identity(Buffer.from(secret));

export const commitmentOf = (secret: Secret): bigint => identityOf(secret).commitment;

export const wipe = (secret: Uint8Array): void => {
  secret.fill(0);
};
