import { beforeAll, expect, test, vi } from "vitest";

const page = new EventTarget();
let afterPress: (act: () => void) => void;

beforeAll(async () => {
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", globalThis);
  ({ afterPress } = await import("../lib/press"));
});

test("what changes heights is done at once while nothing is pressed", () => {
  const done: string[] = [];
  afterPress(() => done.push("grown"));
  expect(done).toEqual(["grown"]);
});

test("during a press it waits until the click has found its button", async () => {
  const done: string[] = [];
  page.addEventListener("click", () => done.push("clicked"));
  page.dispatchEvent(new Event("pointerdown"));
  afterPress(() => done.push("grown"));
  page.dispatchEvent(new Event("pointerup"));
  page.dispatchEvent(new Event("click"));
  await vi.waitFor(() => {
    expect(done).toEqual(["clicked", "grown"]);
  });
});

test("a press that becomes a scroll ends as well", async () => {
  const done: string[] = [];
  page.dispatchEvent(new Event("pointerdown"));
  afterPress(() => done.push("grown"));
  page.dispatchEvent(new Event("pointercancel"));
  await vi.waitFor(() => {
    expect(done).toEqual(["grown"]);
  });
});
