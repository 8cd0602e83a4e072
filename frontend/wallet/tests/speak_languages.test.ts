/** The wallet in its five languages. That each has every sentence, the compiler checks. */
import { expect, test } from "vitest";
import specialties from "../src/specialties.json";
import { rollIn } from "../src/words/formats";
import { firstSpoken, type Language, sentencesIn } from "../src/words/languages";

const OTHERS: Language[] = ["es", "fr", "de", "it"];

/** Every sentence with its path; those made from values are called with the same ones in each language. */
function sentences(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "object" && value !== null) return Object.entries(value).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
  return [];
}

test.each(OTHERS)("%s leaves no sentence in English", (language) => {
  const english = new Map(sentences(sentencesIn("en")));
  const same = sentences(sentencesIn(language)).filter(([path, sentence]) => english.get(path) === sentence);
  expect(same.map(([path]) => path)).toEqual(language === "de" ? [".page.title"] : []);
});

test.each(OTHERS)("%s says in its own words what went wrong, and with what", (language) => {
  const english = sentencesIn("en").failures;
  for (const [failure, { heading, text }] of Object.entries(sentencesIn(language).failures)) {
    const known = english[failure as keyof typeof english];
    expect(heading).not.toBe(known.heading);
    expect(text("roll.example.org")).not.toBe(known.text("roll.example.org"));
    expect(text("roll.example.org").includes("roll.example.org")).toBe(known.text("roll.example.org").includes("roll.example.org"));
  }
});

test.each([
  [["fr-CA", "en"], "fr"],
  [["pt-BR", "es-MX", "en"], "es"],
  [["en-US", "de"], "en"],
  [["ja"], "en"],
  [[], "en"],
])("a browser that wants %j reads %s", (wanted, language) => {
  expect(firstSpoken(wanted)).toBe(language);
});

test("numbers, days and rolls are written as the language writes them", () => {
  const { prove } = sentencesIn("de");
  expect(prove.crowd(12345, 678901)).toEqual(["12.345", " der 678.901 geprüften Ärztinnen und Ärzte"]);
  expect(prove.source("roll.example.org", 7, "2026-03-01")).toContain("1. März 2026");
  expect(rollIn("fr", "gb/anaesthetics")).toBe("Anesthésie-réanimation, Royaume-Uni");
  expect(rollIn("en", "gb/anaesthetics")).toBe("Anaesthetics, United Kingdom");
  expect(rollIn("it", "de/unknown-art")).toBe("unknown-art, Germania");
});

test("every language names the same specialties", () => {
  for (const language of OTHERS) expect(Object.keys(specialties[language])).toEqual(Object.keys(specialties.en));
});
