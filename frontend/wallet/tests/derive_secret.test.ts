import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { Identity } from "@semaphore-protocol/identity";
import { describe, expect, test } from "vitest";
import { commitmentOf, PRF_SALT, randomSecret, secretFromPrf, secretFromWords, type WordsError, wordsOf, wipe } from "../src/secret";
import { group, secrets } from "./vectors";

test("the salt is the one that both sides know", () => {
  expect(bytesToHex(PRF_SALT)).toBe(secrets.prf_salt);
});

test.each(secrets.examples)("the PRF output $prf gives its secret, words and commitment", ({ prf, secret, words, commitment }) => {
  const derived = secretFromPrf(hexToBytes(prf));
  expect(bytesToHex(derived)).toBe(secret);
  expect(wordsOf(derived).join(" ")).toBe(words);
  expect(String(commitmentOf(derived))).toBe(commitment);
  expect(secretFromWords(words)).toEqual(derived);
});

test("the identity library makes the vectors' commitments", () => {
  group.leaves.slice(0, 10).forEach((leaf, index) => {
    expect(String(new Identity(`doctor-${index}`).commitment)).toBe(leaf);
  });
});

test("a random secret comes back from its words, and is gone once wiped", () => {
  const secret = randomSecret();
  expect(secretFromWords(wordsOf(secret).join(" "))).toEqual(secret);
  wipe(secret);
  expect(secret.every((byte) => byte === 0)).toBe(true);
});

describe("typed words", () => {
  const list = (secrets.examples[2]?.words ?? "").split(" ");
  const problemOf = (typed: string): unknown => {
    try {
      secretFromWords(typed);
      return null;
    } catch (error) {
      return (error as WordsError).problem;
    }
  };

  test("may have capitals, numbers, commas and line breaks", () => {
    const typed = list.map((word, index) => `${index + 1}. ${word.toUpperCase()},\r\n\t`).join("  ");
    expect(bytesToHex(secretFromWords(`  ${typed} `))).toBe(secrets.examples[2]?.secret);
  });

  test("name the word that is on no list", () => {
    expect(problemOf([...list.slice(0, 4), "anestesia", ...list.slice(5)].join(" "))).toEqual({ kind: "unknown", word: "anestesia", position: 5 });
  });

  test("are counted", () => {
    expect(problemOf(list.slice(1).join(" "))).toEqual({ kind: "count", count: 23 });
    expect(problemOf("")).toEqual({ kind: "count", count: 0 });
    expect(problemOf(list.slice(0, 12).join(" "))).toEqual({ kind: "count", count: 12 });
  });

  test("fail their checksum when two change places", () => {
    const [first = "", second = "", ...rest] = list;
    expect(problemOf([second, first, ...rest].join(" "))).toEqual({ kind: "checksum" });
  });
});
