import { describe, expect, test } from "vitest";
import { dayOf, isOld, openingOf, type Versioned, verdictOn } from "../lib/drafts/versions";

const kept = (version: string, sent = false, day = 20000): Versioned => ({ version, sent, day });

describe("a tab writes", () => {
  test("its first version where there is none", () => {
    expect(verdictOn(undefined, null)).toBe("write");
  });
  test("over the version that it wrote or read", () => {
    expect(verdictOn(kept("a"), "a")).toBe("write");
  });
  test("never over one that another tab wrote since", () => {
    expect(verdictOn(kept("b"), "a")).toBe("newer");
  });
  test("never over one that was there before it looked", () => {
    expect(verdictOn(kept("a"), null)).toBe("newer");
  });
  test("nothing where another tab posted or discarded the draft", () => {
    expect(verdictOn(undefined, "a")).toBe("gone");
  });
});

describe("two tabs in turn", () => {
  test("the second is told, takes the first one's version, and goes on", () => {
    let now: Versioned | undefined;
    const seen: Record<string, string | null> = { first: null, second: null };
    const write = (tab: string, version: string): string => {
      const verdict = verdictOn(now, seen[tab] ?? null);
      if (verdict === "write") {
        now = kept(version);
        seen[tab] = version;
      }
      return verdict;
    };
    expect(write("first", "a")).toBe("write");
    expect(write("second", "b")).toBe("newer");
    seen["second"] = now?.version ?? null;
    expect(write("second", "c")).toBe("write");
    expect(write("first", "d")).toBe("newer");
    expect(now?.version).toBe("c");
  });
});

describe("a composer opens", () => {
  test("with nothing", () => {
    expect(openingOf(undefined, false)).toBe("nothing");
    expect(openingOf(undefined, true)).toBe("nothing");
  });
  test("with the draft, also with one that was sent and never arrived", () => {
    expect(openingOf(kept("a"), false)).toBe("fill");
    expect(openingOf(kept("a", true), false)).toBe("fill");
  });
  test("with what the server gave back, which is newer than the draft that was sent", () => {
    expect(openingOf(kept("a", true), true)).toBe("own");
  });
  test("with a question, if another tab wrote while this one sent", () => {
    expect(openingOf(kept("a"), true)).toBe("newer");
  });
});

test("a draft is forgotten after thirty days", () => {
  expect(isOld(kept("a"), 20030)).toBe(false);
  expect(isOld(kept("a"), 20031)).toBe(true);
  expect(dayOf(86_400_000 * 3 + 5)).toBe(3);
});
