/**
 * A message as the server gets it: padded to one of four sizes, with a code that shows who wrote it, in an age file for both members.
 * Content, before age: version (1 byte, 1), writer's key (32), reader's key (32), random (16), code (32), length (4), text, zeros.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { Decrypter, Encrypter } from "age-encryption";
import { bytesOfRecipient, type MessageKey, type Recipient, recipientOfBytes } from "./key";

export const CLASSES = [512, 2048, 8192, 16384] as const;
export const LONGEST = 4000;
/** A request's one message. */
export const LONGEST_REQUEST = 480;

const VERSION = 1;
const TEXT_AT = 117;

export interface Opened {
  readonly text: string;
  readonly own: boolean;
  /** The other member's key when it was written. */
  readonly other: Recipient;
}

/** Where a file is for another key, damaged, or not from one of the two. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

const same = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.reduce((differences, byte, index) => differences | (byte ^ (right[index] ?? 0)), 0) === 0;

function codeOf(key: MessageKey, from: Uint8Array, to: Uint8Array, random: Uint8Array, text: Uint8Array): Uint8Array {
  const other = same(from, key.publicBytes) ? to : from;
  return hmac(sha256, key.codeKey(other, from, to), concatBytes(Uint8Array.of(VERSION), from, to, random, text));
}

function padded(content: Uint8Array): Uint8Array {
  const size = CLASSES.find((each) => each >= content.length);
  if (size === undefined) throw new RangeError("too long for a message");
  const room = new Uint8Array(size);
  room.set(content);
  return room;
}

const lengthBytes = (length: number): Uint8Array => new Uint8Array(new Uint32Array([length]).buffer).reverse();

/** The text for both members. */
export async function seal(key: MessageKey, receiver: Recipient, text: string): Promise<Uint8Array> {
  const [from, to, random, bytes] = [key.publicBytes, bytesOfRecipient(receiver), crypto.getRandomValues(new Uint8Array(16)), new TextEncoder().encode(text)];
  const code = codeOf(key, from, to, random, bytes);
  const encrypter = new Encrypter();
  encrypter.addRecipient(key.recipient);
  encrypter.addRecipient(receiver);
  return encrypter.encrypt(padded(concatBytes(Uint8Array.of(VERSION), from, to, random, code, lengthBytes(bytes.length), bytes)));
}

async function decrypted(key: MessageKey, file: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key.identity);
  try {
    return await decrypter.decrypt(file);
  } catch {
    throw new Unreadable();
  }
}

/** The text again, and whose it is by the code in it, whatever the server says. */
export async function open(key: MessageKey, file: Uint8Array): Promise<Opened> {
  const content = await decrypted(key, file);
  const [from, to, random, code] = [content.subarray(1, 33), content.subarray(33, 65), content.subarray(65, 81), content.subarray(81, 113)];
  const length = content.length < TEXT_AT ? 0 : new DataView(content.buffer, content.byteOffset).getUint32(113);
  const text = content.subarray(TEXT_AT, TEXT_AT + length);
  const own = same(from, key.publicBytes);
  const whole = content[0] === VERSION && content.length >= TEXT_AT + length && same(padded(content.subarray(0, TEXT_AT + length)), content);
  if (!whole || own === same(to, key.publicBytes) || !same(code, codeOf(key, from, to, random, text))) throw new Unreadable();
  return { text: new TextDecoder("utf-8", { fatal: true }).decode(text), own, other: recipientOfBytes(own ? to : from) };
}
