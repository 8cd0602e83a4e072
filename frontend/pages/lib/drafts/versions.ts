// What may happen to a draft of which another tab may have written since: no version is ever overwritten by a tab that has not seen it.

/** What a tab may know of a draft without its key. */
export interface Versioned {
  /** Random, anew with each writing: a number would repeat after a draft was discarded and begun again. */
  readonly version: string;
  /** It is on its way to the server, and goes once that has answered that it is posted. */
  readonly sent: boolean;
  /** Days since 1970. */
  readonly day: number;
}

export type Verdict = "write" | "newer" | "gone";

const LONGEST_DAYS = 30;

/** May a tab that last saw `seen` write over what is kept now? `null`: it has seen none. */
export function verdictOn(kept: Versioned | undefined, seen: string | null): Verdict {
  if (kept === undefined) return seen === null ? "write" : "gone";
  return kept.version === seen ? "write" : "newer";
}

export type Opening = "nothing" | "fill" | "own" | "newer";

/** What a composer does at its start. `returned`: the server gave back what this tab sent, so that the page holds the newest words. */
export function openingOf(kept: Versioned | undefined, returned: boolean): Opening {
  if (kept === undefined) return "nothing";
  if (!returned) return "fill";
  return kept.sent ? "own" : "newer";
}

export const dayOf = (milliseconds: number): number => Math.floor(milliseconds / 86_400_000);

export const isOld = (kept: Versioned, today: number): boolean => today - kept.day > LONGEST_DAYS;
