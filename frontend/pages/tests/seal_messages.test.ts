import { Encrypter, identityToRecipient } from "age-encryption";
import { describe, expect, it } from "vitest";
import { WordsError } from "../../lib/seed_words";
import { CLASSES, LONGEST, LONGEST_REQUEST, open, seal, Unreadable } from "../lib/messages/box";
import { bytesOfRecipient, fingerprint, MESSAGE_SALT, MessageKey, randomSeed, type Seed, seedFromPrf, seedFromWords, wordsOfSeed } from "../lib/messages/key";

// Computed apart, in Python, from docs/wire-format.md.
const SALT = "218b2bfde9e5f4487494a7e3c0f4728f11da9285766af3b70ce7ca76740416bc";
const SEED = "0fbb25a13197c02cf4a81184396d3b3d0f43a1aabf8211c3b7f946b65a385e04";
const RECIPIENT = "age187zr04f4290qse99uw2sg4xwnxa3mmup0vatdh9jqwzpa5svaccspx9f78";
const PIN = "QARmpy8Us0SE4B9nsWXoYaKlyo6LRfuhsO66Ppy3hDI";
const FINGERPRINT = "53629 34304 00334 88887 73113 86547 03061 66284 91336 35955 09651 04569";

const OVERHEAD = 298;
const seedOf = (byte: number): Seed => new Uint8Array(32).fill(byte) as Uint8Array as Seed;
const heron = new MessageKey(seedOf(1));
const otter = new MessageKey(seedOf(2));
const owl = new MessageKey(seedOf(3));

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("a message key", () => {
  it("is the same whenever it is made from the same seed, and the values are those written down", () => {
    expect(hex(MESSAGE_SALT)).toBe(SALT);
    expect(hex(seedFromPrf(new Uint8Array(32).fill(7)))).toBe(SEED);
    expect(heron.recipient).toBe(RECIPIENT);
    expect(heron.pin(otter.recipient)).toBe(PIN);
  });

  it("is an age identity that age itself gives the same public key for", async () => {
    expect(await identityToRecipient(heron.identity)).toBe(heron.recipient);
  });

  it("comes back from its 24 words however they are typed", () => {
    const seed = randomSeed();
    const words = wordsOfSeed(seed);
    expect(words).toHaveLength(24);
    const typed = words.map((word, index) => `${String(index + 1)}. ${word.toUpperCase()}`).join(",\n");
    expect(new MessageKey(seedFromWords(typed)).recipient).toBe(new MessageKey(seed).recipient);
    expect(() => seedFromWords(words.slice(1).join(" "))).toThrow(WordsError);
  });

  it("makes codes that depend on the key that makes them and on every key they are over", () => {
    const codes = [heron.pin(otter.recipient), heron.pin(owl.recipient), otter.pin(owl.recipient), heron.compared(otter.recipient), otter.compared(heron.recipient)];
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it("refuses recipients of other kinds", () => {
    expect(() => bytesOfRecipient("age1pq1abc")).toThrow();
    expect(() => bytesOfRecipient(`${heron.recipient}q`)).toThrow();
  });
});

describe("the fingerprint", () => {
  it("is the same on both sides, and another with another key", () => {
    expect(fingerprint(heron.recipient, otter.recipient)).toEqual(fingerprint(otter.recipient, heron.recipient));
    expect(fingerprint(heron.recipient, otter.recipient)).not.toEqual(fingerprint(heron.recipient, owl.recipient));
    expect(fingerprint(heron.recipient, otter.recipient).join(" ")).toBe(FINGERPRINT);
  });
});

describe("a message", () => {
  it("is read by both and by nobody else", async () => {
    const file = await seal(heron, otter.recipient, "Would you see him?\nÀ demain 👋");
    expect(await open(otter, file)).toEqual({ text: "Would you see him?\nÀ demain 👋", own: false, other: heron.recipient });
    expect(await open(heron, file)).toEqual({ text: "Would you see him?\nÀ demain 👋", own: true, other: otter.recipient });
    await expect(open(owl, file)).rejects.toThrow(Unreadable);
  });

  it("has one of four lengths", async () => {
    const texts = ["", "a", "a".repeat(395), "a".repeat(396), "a".repeat(1931), "a".repeat(1932), "👋".repeat(LONGEST)];
    const lengths = await Promise.all(texts.map(async (text) => (await seal(heron, otter.recipient, text)).length - OVERHEAD));
    expect(lengths).toEqual([512, 512, 512, 2048, 2048, 8192, 16384]);
    expect((await seal(heron, otter.recipient, "👋".repeat(LONGEST_REQUEST))).length - OVERHEAD).toBe(CLASSES[1]);
    await expect(seal(heron, otter.recipient, "a".repeat(16_300))).rejects.toThrow(RangeError);
  });

  it("is never the same bytes twice", async () => {
    expect(hex(await seal(heron, otter.recipient, "Yes."))).not.toBe(hex(await seal(heron, otter.recipient, "Yes.")));
  });

  it("is refused when a bit of it changed, or its end is cut off", async () => {
    const file = await seal(heron, otter.recipient, "Yes.");
    for (const place of [30, 200, file.length - 1]) {
      const changed = file.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      await expect(open(otter, changed)).rejects.toThrow(Unreadable);
    }
    await expect(open(otter, file.slice(0, -1))).rejects.toThrow(Unreadable);
  });

  it("is refused when whoever knows the public keys alone wrote it in another's place", async () => {
    const content = new Uint8Array(512);
    content.set([1, ...heron.publicBytes, ...otter.publicBytes]);
    content.set([0, 0, 0, 2, 72, 105], 113);
    const encrypter = new Encrypter();
    encrypter.addRecipient(heron.recipient);
    encrypter.addRecipient(otter.recipient);
    await expect(open(otter, await encrypter.encrypt(content))).rejects.toThrow(Unreadable);
  });

  it("is refused between two others, even when handed to a key that can open the file", async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(owl.recipient);
    encrypter.addRecipient(otter.recipient);
    const content = new Uint8Array(512);
    content.set([1, ...heron.publicBytes, ...otter.publicBytes]);
    await expect(open(owl, await encrypter.encrypt(content))).rejects.toThrow(Unreadable);
    await expect(open(otter, await encrypter.encrypt(new Uint8Array(20)))).rejects.toThrow(Unreadable);
  });
});
