/** The smallest pieces of docs/wire-format.md: hex, base64url, field elements, names. Each decoder refuses every other spelling. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";

export const FIELD_ORDER = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const ROLL = /^(everyone|[a-z]{2}(\/[a-z]+(-[a-z]+)*)?)$/;
const HASH = /^[0-9a-f]{64}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export class FormatError extends Error {
  override readonly name = "FormatError";
}

/** Narrows an unknown JSON value, or refuses it. */
export function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new FormatError(what);
}

export const isHost = (text: string): boolean => HOST.test(text);
export const isRoll = (text: string): boolean => ROLL.test(text);
export const isHash = (text: string): boolean => HASH.test(text);
export const isDate = (text: string): boolean =>
  DATE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

export interface Badge {
  readonly registrar: string;
  readonly roll: string;
}

export const badgeText = (badge: Badge): string => `${badge.registrar}:${badge.roll}`;

export function parseBadge(text: string): Badge {
  const [registrar = "", roll = "", ...rest] = text.split(":");
  insist(isHost(registrar) && isRoll(roll) && rest.length === 0, `badge ${text}`);
  return { registrar, roll };
}

export function parseFieldElement(text: string): bigint {
  insist(/^(0|[1-9]\d{0,76})$/.test(text), "field element");
  const value = BigInt(text);
  insist(value < FIELD_ORDER, "field element out of range");
  return value;
}

export const bytesToBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHex(bytes) || "0"}`);
export const bigIntToBytes = (value: bigint): Uint8Array => hexToBytes(value.toString(16).padStart(64, "0"));

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hexHash = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

export function encodeBase64url(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of `text`, of exactly `length`; refuses padding, other alphabets and stray last bits. */
export function decodeBase64url(text: string, length: number): Uint8Array {
  insist(/^[A-Za-z0-9_-]*$/.test(text) && text.length === Math.ceil((length * 4) / 3), "base64url");
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  insist(encodeBase64url(bytes) === text, "base64url");
  return bytes;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object with exactly these keys. */
export function insistObject(value: unknown, keys: readonly string[], what: string): asserts value is JsonObject {
  insist(typeof value === "object" && value !== null && !Array.isArray(value), what);
  insist(Object.keys(value).sort().join() === [...keys].sort().join(), `keys of ${what}`);
}

export function insistString(value: unknown, what: string): asserts value is string {
  insist(typeof value === "string", what);
}

export function insistCount(value: unknown, what: string): asserts value is number {
  insist(Number.isSafeInteger(value) && (value as number) >= 0, what);
}

/** JSON as Python's json.dumps(sort_keys=True, separators=(",", ":"), ensure_ascii=True) writes it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, item]) => `${canonicalJson(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
