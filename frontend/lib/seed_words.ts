/** 32 bytes as 24 words to write down, and back (BIP-39). The wallet's secret and the message key share it. */
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

export const WORD_COUNT = 24;

export type WordsProblem = { kind: "count"; count: number } | { kind: "unknown"; word: string; position: number } | { kind: "checksum" };

export class WordsError extends Error {
  override readonly name = "WordsError";
  constructor(readonly problem: WordsProblem) {
    super(problem.kind);
  }
}

export const wordsOfBytes = (bytes: Uint8Array): string[] => entropyToMnemonic(bytes, wordlist).split(" ");

/** The bytes behind words typed in any case, with any white space, commas or numbering between them. */
export function bytesOfWords(typed: string): Uint8Array {
  const words = typed.normalize("NFKD").toLowerCase().split(/[\s\d.,;:)]+/).filter((word) => word !== "");
  words.forEach((word, index) => {
    if (!wordlist.includes(word)) throw new WordsError({ kind: "unknown", word, position: index + 1 });
  });
  if (words.length !== WORD_COUNT) throw new WordsError({ kind: "count", count: words.length });
  try {
    return mnemonicToEntropy(words.join(" "), wordlist);
  } catch {
    throw new WordsError({ kind: "checksum" });
  }
}
