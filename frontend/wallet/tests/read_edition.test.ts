import { ed25519 } from "@noble/curves/ed25519.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import { isSignedBy, parseManifest, parsePointer } from "../src/edition";
import { canonicalJson, decodeBase64url, hexHash, utf8 } from "../src/format";
import { RollFile } from "../src/roll_file";
import { bytesAt, group, registrar } from "./vectors";

const everyone = { name: "everyone", size: 312, root: "12345678901234567890", file: hexHash(utf8("everyone")) };
const britain = { name: "gb", size: 48, root: "98765", file: hexHash(utf8("gb")) };
const manifest = {
  format: "curbside-edition-1",
  registrar: "directory.example.org",
  number: 7,
  date: "2026-11-23",
  previous: hexHash(utf8("edition 6")),
  circuit: "semaphore-4.13.0-depth-20",
  k: 20,
  rolls: [everyone, britain],
  registers: [
    { name: "fr-rpps", size: 300 },
    { name: "us-nppes", size: 1201734 },
  ],
  wallet: null,
};
const bytesOf = (value: unknown): Uint8Array => utf8(canonicalJson(value));

test("a manifest in its canonical form is read", () => {
  const read = parseManifest(bytesOf(manifest));
  expect(read.number).toBe(7);
  expect(read.rolls[1]).toEqual({ ...britain, root: 98765n });
});

test("the canonical form is Python's", () => {
  expect(canonicalJson({ b: [1, null, true], a: "é\n\u007f😀\"" })).toBe('{"a":"\\u00e9\\n\u007f\\ud83d\\ude00\\"","b":[1,null,true]}');
});

describe("a manifest is refused with", () => {
  const text = canonicalJson(manifest);
  const refused: [string, Uint8Array][] = [
    ["white space", utf8(JSON.stringify(manifest, null, 1))],
    ["a trailing line", utf8(`${text}\n`)],
    ["a key twice", utf8(text.replace('"k":20', '"k":20,"k":20'))],
    ["keys in another order", utf8(JSON.stringify(manifest))],
    ["a number spelled otherwise", utf8(text.replace('"k":20', '"k":2e1'))],
    ["bytes that are no text", Uint8Array.of(0xff, ...utf8(text))],
    ["an unknown key", bytesOf({ ...manifest, more: 1 })],
    ["another format", bytesOf({ ...manifest, format: "curbside-edition-2" })],
    ["a registrar with a port", bytesOf({ ...manifest, registrar: "directory.example.org:8001" })],
    ["edition 0", bytesOf({ ...manifest, number: 0 })],
    ["a day that is none", bytesOf({ ...manifest, date: "2026-02-30" })],
    ["no edition before the seventh", bytesOf({ ...manifest, previous: null })],
    ["one before the first", bytesOf({ ...manifest, number: 1 })],
    ["rolls in another order", bytesOf({ ...manifest, rolls: [britain, everyone] })],
    ["a roll twice", bytesOf({ ...manifest, rolls: [everyone, everyone] })],
    ["a roll below k", bytesOf({ ...manifest, rolls: [{ ...everyone, size: 19 }] })],
    ["a roll's name off its grammar", bytesOf({ ...manifest, rolls: [{ ...everyone, name: "GB" }] })],
    ["a root with a leading zero", bytesOf({ ...manifest, rolls: [{ ...everyone, root: "01" }] })],
    ["a root beyond the field", bytesOf({ ...manifest, rolls: [{ ...everyone, root: "9".repeat(77) }] })],
    ["a file that is no hash", bytesOf({ ...manifest, rolls: [{ ...everyone, file: "../../secret" }] })],
    ["a register without a country", bytesOf({ ...manifest, registers: [{ name: "nppes", size: 1 }] })],
    ["half a licence", bytesOf({ ...manifest, registers: [{ name: "us-nppes", size: 0.5 }] })],
  ];

  test.each(refused)("%s", (_, bytes) => {
    expect(() => parseManifest(bytes)).toThrow();
  });
});

describe("the signature", () => {
  const { secretKey, publicKey } = ed25519.keygen();
  const bytes = bytesOf(manifest);
  const sign = (prefix: string): Uint8Array => ed25519.sign(concatBytes(utf8(prefix), bytes), secretKey);
  const signature = sign("curbside edition v1\n");

  test("over prefix and manifest holds", () => {
    expect(isSignedBy(publicKey, bytes, signature)).toBe(true);
  });

  test("fails over another manifest, by another key, without the prefix, or in another length", () => {
    expect(isSignedBy(publicKey, bytesOf({ ...manifest, number: 8 }), signature)).toBe(false);
    expect(isSignedBy(ed25519.keygen().publicKey, bytes, signature)).toBe(false);
    expect(isSignedBy(publicKey, bytes, sign(""))).toBe(false);
    expect(isSignedBy(publicKey, bytes, signature.slice(0, 63))).toBe(false);
    expect(isSignedBy(publicKey, bytes, concatBytes(signature, Uint8Array.of(0)))).toBe(false);
    expect(isSignedBy(new Uint8Array(32).fill(255), bytes, signature)).toBe(false);
  });
});

describe("the edition that Python made", () => {
  const bytes = bytesAt(`editions/editions/${registrar.edition}.json`);

  test("is the one latest.json points at, under its registrar's signature", () => {
    const pointer = parsePointer(new TextDecoder().decode(bytesAt("editions/latest.json")));
    expect(pointer.edition).toBe(hexHash(bytes));
    expect(pointer.number).toBe(parseManifest(bytes).number);
    const signature = bytesAt(`editions/editions/${registrar.edition}.sig`);
    expect(isSignedBy(decodeBase64url(registrar.public_key, 32), bytes, signature)).toBe(true);
  });

  test.each(parseManifest(bytes).rolls)("names the file of its roll $name, which has its size and root and holds the vectors' leaves", (roll) => {
    const content = bytesAt(`editions/files/${roll.file}.roll`);
    const file = RollFile.decode(content);
    expect([hexHash(content), file.size, file.root]).toEqual([roll.file, roll.size, roll.root]);
    for (const leaf of group.leaves.slice(0, roll.size)) expect(file.find(BigInt(leaf))).not.toBeNull();
  });
});

test("a pointer is read, and refused with more or other keys", () => {
  const edition = hexHash(utf8("7"));
  expect(parsePointer(JSON.stringify({ edition, number: 7 }))).toEqual({ edition, number: 7 });
  for (const bad of ["{}", "[]", JSON.stringify({ edition, number: 7, more: 1 }), JSON.stringify({ edition: "x", number: 7 }), JSON.stringify({ edition, number: "7" })]) {
    expect(() => parsePointer(bad)).toThrow();
  }
});
