// Finds by rules alone what could tell who a patient is, for texts that leave this browser only encrypted. The rules are made from Python's
// (curbside deid rules); tests/guard_vectors.json holds what both must find.
import type { Found } from "./asking";
import rules from "./rules.json";

/** The NHS number's check: weights 10 to 2, modulus 11. */
function isNhsNumber(value: string): boolean {
  const digits = Array.from(value.replace(/[^0-9]/gu, ""), Number);
  if (digits.length !== 10 || new Set(digits).size === 1) return false;
  const sum = digits.slice(0, 9).reduce((total, digit, at) => total + digit * (10 - at), 0);
  const check = 11 - (sum % 11);
  return check !== 10 && check % 11 === digits[9];
}

export interface Match {
  readonly kind: string;
  readonly from: number;
  readonly start: number;
  readonly text: string;
}

/** In the order of the text; of two that overlap, the one of the earlier rule. */
export function findByRules(text: string): Match[] {
  const found: Match[] = [];
  const isFree = (start: number, end: number): boolean => found.every((other) => end <= other.start || start >= other.start + other.text.length);
  for (const { kind, pattern, flags, check } of rules) {
    for (const match of text.matchAll(new RegExp(pattern, flags))) {
      const value = match.groups?.["value"] ?? "";
      const start = match.index + match[0].indexOf(value);
      if ((check === "" || isNhsNumber(value)) && isFree(start, start + value.length)) {
        found.push({ kind, from: kind === "NAME" ? match.index : start, start, text: value });
      }
    }
  }
  return found.sort((left, right) => left.start - right.start);
}

/** As the guard's list shows them: the same value is one group. */
export function foundByRules(field: string, text: string, replacements: Readonly<Record<string, readonly string[]>>): Found[] {
  const groups = new Map<string, number>();
  return findByRules(text).map(({ kind, from, start, text: value }) => {
    const token = `${kind} ${value.toLowerCase()}`.replaceAll(" ", "_");
    if (!groups.has(token)) groups.set(token, groups.size);
    const [replacement = "", ...alternatives] = replacements[kind] ?? [];
    return { field, start, end: start + value.length, from, kind, blocks: true, replacement, alternatives, group: groups.get(token) ?? 0, token };
  });
}
