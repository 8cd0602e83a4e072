// What becomes of places in a text while it is edited, and what a text is once they are replaced. Plain functions: nothing here knows a page.
import type { Found } from "./asking";

/** The places of one field after its value changed: those before and behind the change stay, those that it touched are gone. */
export function moved(found: readonly Found[], before: string, after: string): Found[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const shift = after.length - before.length;
  return found.flatMap((one) => {
    if (one.end <= head) return [one];
    if (one.from < before.length - tail) return [];
    return [{ ...one, start: one.start + shift, end: one.end + shift, from: one.from + shift }];
  });
}

const isOpening = (text: string): boolean => text.trim() === "" || /(?:[.!?:]["”’)]?\s+|\n\s*)$/u.test(text);

/** The words as they stand there: with a capital letter where a sentence begins. */
export function fitting(replacement: string, before: string): string {
  return isOpening(before) ? replacement.charAt(0).toUpperCase() + replacement.slice(1) : replacement;
}

export interface Change {
  readonly from: number;
  readonly end: number;
  readonly words: string;
}

/** What to change in one field, the last place first, so that each leaves the places before it where they are. */
export function changesFor(found: readonly Found[], text: string, wordsFor: (one: Found) => string): Change[] {
  return [...found]
    .sort((left, right) => right.start - left.start)
    .map((one) => ({ from: one.from, end: one.end, words: fitting(wordsFor(one), text.slice(0, one.from)) }));
}

export function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce((result, { from, end, words }) => result.slice(0, from) + words + result.slice(end), text);
}
