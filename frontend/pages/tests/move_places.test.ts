import { describe, expect, test } from "vitest";
import type { Found } from "../lib/guard/asking";
import { changed, changesFor, fitting, moved } from "../lib/guard/places";

const place = (text: string, quote: string, more: Partial<Found> = {}): Found => {
  const start = text.indexOf(quote);
  const base = { field: "story", start, end: start + quote.length, from: start, kind: "NAME", blocks: true, replacement: "the patient", alternatives: [], group: 0, token: quote };
  return { ...base, ...more };
};

describe("places while a text is edited", () => {
  const before = "Okonkwo fell. Then Smith came.";
  const found = [place(before, "Okonkwo"), place(before, "Smith")];

  test.each([
    ["words typed before all move all", "Well: Okonkwo fell. Then Smith came.", ["Okonkwo", "Smith"]],
    ["words typed between move what follows", "Okonkwo fell twice. Then Smith came.", ["Okonkwo", "Smith"]],
    ["words typed behind move nothing", "Okonkwo fell. Then Smith came. Yes.", ["Okonkwo", "Smith"]],
    ["a place that is typed into is gone", "Okon fell. Then Smith came.", ["Smith"]],
    ["an emptied text has none", "", []],
  ])("%s", (_what, after, expected) => {
    expect(moved(found, before, after).map(({ start, end }) => after.slice(start, end))).toEqual(expected);
  });
});

describe("replacing", () => {
  test("a sentence still begins with a capital letter", () => {
    expect(fitting("the patient", "")).toBe("The patient");
    expect(fitting("the patient", "He fell. ")).toBe("The patient");
    expect(fitting("the patient", "I saw ")).toBe("the patient");
    expect(fitting("7 days later", "")).toBe("7 days later");
  });

  test("every place of a person, titles included", () => {
    const text = "Mrs Okonkwo fell. I told Okonkwo to rest.";
    const second = { start: text.lastIndexOf("Okonkwo"), end: text.lastIndexOf("Okonkwo") + 7, from: text.lastIndexOf("Okonkwo") };
    const found = [place(text, "Okonkwo", { from: 0 }), place(text, "Okonkwo", second)];
    expect(changed(text, changesFor(found, text, () => "the patient"))).toBe("The patient fell. I told the patient to rest.");
  });
});
