import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findByRules, foundByRules } from "../lib/guard/rules";

const vectors = JSON.parse(readFileSync(new URL("../../../tests/vectors/guard_rules.json", import.meta.url), "utf8")) as { text: string; found: [string, string][] }[];

describe("rules for messages", () => {
  test("find what Python finds, in every sentence", () => {
    expect(vectors.length).toBeGreaterThan(150);
    expect(vectors.filter(({ found }) => found.length > 0).length).toBeGreaterThan(50);
    for (const { text, found } of vectors) expect([text, findByRules(text).map(({ kind, text: value }) => [kind, value])]).toEqual([text, found]);
  });

  test("take the title along, and give one value one group", () => {
    const [first, second] = foundByRules("message", "Mrs Okonkwo fell. Mrs Okonkwo is well.", { NAME: ["the patient", "a relative"] });
    expect(first).toMatchObject({ from: 0, start: 4, end: 11, replacement: "the patient", alternatives: ["a relative"], blocks: true });
    expect(second?.group).toBe(first?.group);
  });

  test("a hundred kilobytes are read in a moment", () => {
    const began = performance.now();
    for (const piece of ["1 ", "Mr ", "a.b@", "12/03/", "mrn ", "SW1A 1"]) findByRules(piece.repeat(100_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
