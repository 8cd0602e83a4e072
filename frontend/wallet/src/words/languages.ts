/** The languages the wallet speaks, and which of them a browser gets. */
import { de } from "./de";
import { en, type Sentences } from "./en";
import { es } from "./es";
import { formatsOf } from "./formats";
import { fr } from "./fr";
import { it } from "./it";

const languages = { en, es, fr, de, it };

export type Language = keyof typeof languages;

const speaks = (code: string): code is Language => Object.hasOwn(languages, code);

/** `["pt-BR", "es-MX", "en"]` as "es"; English where none is spoken here. */
export function firstSpoken(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(speaks) ?? "en";
}

export const sentencesIn = (language: Language): Sentences => languages[language](formatsOf(language));
