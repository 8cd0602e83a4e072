/** Editions: the manifest in its one canonical form, under the registrar's signature. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { concatBytes } from "@noble/hashes/utils.js";
import circuit from "./circuit.json";
import { canonicalJson, insist, insistCount, insistObject, insistString, isDate, isHash, isHost, isRoll, type JsonObject, parseFieldElement, utf8 } from "./format";

const SIGNED = utf8("curbside edition v1\n");

export interface Roll {
  readonly name: string;
  readonly size: number;
  readonly root: bigint;
  readonly file: string;
}

export interface Manifest {
  readonly registrar: string;
  readonly number: number;
  readonly date: string;
  readonly previous: string | null;
  readonly circuit: string;
  readonly k: number;
  readonly rolls: readonly Roll[];
}

/**
 * RFC 8032, strictly. The library is used in every browser, rather than WebCrypto where it knows Ed25519, so that there is one path
 * and it is the one the tests walk.
 */
export function isSignedBy(publicKey: Uint8Array, manifest: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, concatBytes(SIGNED, manifest), publicKey, { zip215: false });
  } catch {
    return false;
  }
}

function insistAscending(names: readonly string[], what: string): void {
  names.slice(1).forEach((name, index) => {
    insist((names[index] ?? "") < name, `order of ${what}`);
  });
}

function parseRoll(value: unknown, k: number): Roll {
  insistObject(value, ["name", "size", "root", "file"], "roll");
  const { name, size, root, file } = value;
  insistString(name, "roll name");
  insistCount(size, "roll size");
  insistString(root, "roll root");
  insistString(file, "roll file");
  insist(isRoll(name) && size >= k && size <= 2 ** 20 && isHash(file), `roll ${name}`);
  return { name, size, root: parseFieldElement(root), file };
}

function insistRegisters(value: unknown): void {
  insist(Array.isArray(value), "registers");
  const names = value.map((register: unknown) => {
    insistObject(register, ["name", "size"], "register");
    const { name, size } = register;
    insistString(name, "register name");
    insistCount(size, "register size");
    insist(/^[a-z]{2}(-[a-z0-9]+)+$/.test(name), "register name");
    return name;
  });
  insistAscending(names, "registers");
}

function insistCanonical(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  insistObject(value, ["format", "registrar", "number", "date", "previous", "circuit", "k", "rolls", "registers", "wallet"], "manifest");
  insist(canonicalJson(value) === text, "canonical form");
  return value;
}

/**
 * The manifest in these bytes, whose signature was checked before.
 * @throws FormatError for anything but the canonical bytes of a manifest of this format.
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  const value = insistCanonical(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  const { registrar, number, date, previous, circuit: circuitName, k, rolls, wallet } = value;
  insist(value["format"] === "curbside-edition-1", "format");
  insistString(registrar, "registrar");
  insistCount(number, "number");
  insistString(date, "date");
  insistString(circuitName, "circuit");
  insistCount(k, "k");
  insist(isHost(registrar) && number >= 1 && isDate(date) && k >= 1, "manifest");
  insist(previous === null || (typeof previous === "string" && isHash(previous)), "previous");
  insist((number === 1) === (previous === null), "chain");
  insist(wallet === null || (typeof wallet === "string" && isHash(wallet)), "wallet");
  insist(Array.isArray(rolls), "rolls");
  const parsed = rolls.map((roll) => parseRoll(roll, k));
  insistAscending(parsed.map(({ name }) => name), "rolls");
  insistRegisters(value["registers"]);
  return { registrar, number, date, previous, circuit: circuitName, k, rolls: parsed };
}

export const usesOurCircuit = (manifest: Manifest): boolean => manifest.circuit === circuit.name;

export interface Pointer {
  readonly edition: string;
  readonly number: number;
}

export function parsePointer(text: string): Pointer {
  const value: unknown = JSON.parse(text);
  insistObject(value, ["edition", "number"], "latest.json");
  const { edition, number } = value;
  insistString(edition, "edition");
  insistCount(number, "number");
  insist(isHash(edition), "edition");
  return { edition, number };
}
