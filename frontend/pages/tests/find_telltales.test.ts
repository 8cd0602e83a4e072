import { describe, expect, test } from "vitest";
import { findTelltales } from "../lib/telltales";

const seen = (text: string, language = "en"): string[] => findTelltales(text, language).map(({ kind, text: found }) => `${kind}: ${found}`);

describe("what could tell is found", () => {
  test.each([
    ["Write to ana.ruiz@example.org if you were there.", ["contact: ana.ruiz@example.org"]],
    ["I can be reached on +44 20 7946 0958.", ["contact: +44 20 7946 0958"]],
    ["He rang 020 7946 0958 twice.", ["contact: 020 7946 0958"]],
    ["It was on 2019-03-12.", ["date: 2019-03-12"]],
    ["Admitted 12/03/2019, died 13.3.19", ["date: 12/03/2019", "date: 13.3.19"]],
    ["On the 3rd of March 2019 we", ["date: 3rd of March 2019"]],
    ["We met in March 2019.", ["date: March 2019"]],
    ["A 54-year-old man", ["age: 54-year-old"]],
    ["a woman of 31 came", ["age: woman of 31"]],
    ["aged 87", ["age: aged 87"]],
    ["I trained at St Thomas’ Hospital then", ["employer: St Thomas’ Hospital"]],
    ["our team at Northwick Park Hospital", ["employer: Northwick Park Hospital"]],
    ["I am the only paediatric surgeon in Cornwall", ["role: the only paediatric surgeon in Cornwall"]],
    ["I was head of anaesthetics", ["role: I was head of anaesthetics"]],
    ["It was in the papers, and there was an inquest.", ["rare: in the papers", "rare: inquest"]],
    ["The first case in Europe", ["rare: first case in Europe"]],
    ["Dr Jane Marlowe decided", ["name: Dr Jane Marlowe"]],
    ["a village near Truro", ["place: near Truro"]],
  ])("%s", (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  test.each([
    ["es", "Trabajo en el Hospital de Navarra con un hombre de 54 años", ["employer: Hospital de Navarra", "age: de 54 años"]],
    ["fr", "Je suis la seule cardiologue, le 3 mars 2019", ["role: Je suis la seule cardiologue", "date: 3 mars 2019"]],
    ["de", "Als Chefarzt am Klinikum Bremen, ein 54-jähriger Mann", ["role: Als Chefarzt", "employer: Klinikum Bremen", "age: 54-jähriger"]],
    ["it", "Il 3 marzo 2019, un uomo di 54 anni", ["date: 3 marzo 2019", "age: di 54 anni"]],
  ])("in %s: %s", (language, text, expected) => {
    expect(seen(text, language)).toEqual(expected);
  });
});

describe("what is plain medicine is left alone", () => {
  test.each([
    "Blood pressure 120/80, pulse 54, potassium 3.1 mmol/l, then 140/90 at 07:30.",
    "Adrenaline 0.5 mg, after 10 minutes 1 mg; creatinine 104 to 212 within 48 hours.",
    "A woman in her thirties, no twitch after 45 minutes.",
    "The hospital had no bed. My clinic was full. In a university hospital this is different.",
    "We may give 12 mg. The trial showed 23 of 45.",
    "ECG in sinus rhythm; in ICU she improved. In March he came again.",
    "I gave ten times the dose, and nobody noticed until the evening.",
  ])("%s", (text) => {
    expect(seen(text)).toEqual([]);
  });

  test("and German nouns are no places", () => {
    expect(seen("Der Patient war in Narkose, die Werte in Ordnung.", "de")).toEqual([]);
  });
});

test("a long hostile text takes no time", () => {
  const started = performance.now();
  for (const part of ["A ", "a@", "1-", "the only ", "St. ", "0 "]) findTelltales(part.repeat(10_000));
  expect(performance.now() - started).toBeLessThan(5_000);
});
