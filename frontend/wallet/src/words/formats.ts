/** Numbers, dates, lists and rolls as a language writes them. */
import specialties from "../specialties.json";

export interface Formats {
  readonly number: (value: number) => string;
  /** A day, from its ISO spelling. */
  readonly date: (iso: string) => string;
  readonly enumeration: (items: readonly string[]) => string;
}

/** Days are written out as in Britain, not with the month first. */
const regional = (language: string): string => (language === "en" ? "en-GB" : language);

export function formatsOf(language: string): Formats {
  const count = new Intl.NumberFormat(regional(language));
  const day = new Intl.DateTimeFormat(regional(language), { dateStyle: "long", timeZone: "UTC" });
  const list = new Intl.ListFormat(regional(language), { type: "conjunction" });
  return { number: (value) => count.format(value), date: (iso) => day.format(new Date(iso)), enumeration: (items) => list.format(items) };
}

/** `gb/anaesthetics` as "Anaesthetics, United Kingdom"; a specialty that a registrar knows and we do not keeps its slug. */
export function rollIn(language: keyof typeof specialties, roll: string): string {
  const [code = "", specialty] = roll.split("/");
  const place = new Intl.DisplayNames(regional(language), { type: "region" }).of(code.toUpperCase()) ?? code;
  const labels: Record<string, string> = specialties[language];
  return specialty === undefined ? place : `${labels[specialty] ?? specialty}, ${place}`;
}
