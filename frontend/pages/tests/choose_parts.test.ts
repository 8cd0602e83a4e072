import { describe, expect, it } from "vitest";
import { afterKey, inPercent, keptSize, middleOf, pointIn, rectBetween } from "../lib/pictures/shapes";

const size = { width: 400, height: 200 };
const key = (name: string, shiftKey = false, altKey = false): { key: string; shiftKey: boolean; altKey: boolean } => ({ key: name, shiftKey, altKey });

describe("parts of a picture", () => {
  it("are whole pixels between two corners in any order", () => {
    const rect = { x: 10, y: 5, width: 31, height: 16 };
    expect(rectBetween({ x: 10.4, y: 20.2 }, { x: 40.6, y: 5.9 }, size)).toEqual(rect);
    expect(rectBetween({ x: 40.6, y: 5.9 }, { x: 10.4, y: 20.2 }, size)).toEqual(rect);
  });

  it("end at the picture's edge, and are none where nothing is left", () => {
    expect(rectBetween({ x: -50, y: -50 }, { x: 900, y: 900 }, size)).toEqual({ x: 0, y: 0, ...size });
    expect(rectBetween({ x: -50, y: -50 }, { x: -10, y: -10 }, size)).toBeNull();
    expect(rectBetween({ x: 5, y: 5 }, { x: 5, y: 5 }, size)).toBeNull();
  });

  it("are found however large the picture is shown", () => {
    expect(pointIn({ clientX: 110, clientY: 70 }, { left: 10, top: 20, width: 200, height: 100 }, size)).toEqual({ x: 200, y: 100 });
  });

  it("move and grow by keys, and stay inside", () => {
    let rect = middleOf(size);
    expect(rect).toEqual({ x: 150, y: 75, width: 100, height: 50 });
    expect(afterKey(rect, key("ArrowRight"), size)).toEqual({ ...rect, x: 154 });
    expect(afterKey(rect, key("ArrowUp", false, true), size)).toEqual({ ...rect, y: 74 });
    expect(afterKey(rect, key("ArrowDown", true), size)).toEqual({ ...rect, height: 54 });
    expect(afterKey(rect, key("a"), size)).toBeNull();
    for (let times = 0; times < 200; times += 1) rect = afterKey(rect, key("ArrowRight"), size) ?? rect;
    for (let times = 0; times < 200; times += 1) rect = afterKey(rect, key("ArrowLeft", true), size) ?? rect;
    expect(rect).toEqual({ x: 300, y: 75, width: 1, height: 50 });
  });

  it("are read out in hundredths", () => {
    expect(inPercent({ x: 100, y: 50, width: 40, height: 20 }, size)).toEqual({ left: 25, top: 25, width: 10, height: 10 });
  });

  it("fit a picture into the longest side that is kept", () => {
    expect(keptSize({ width: 8000, height: 2000 }, 4000)).toEqual({ width: 4000, height: 1000 });
    expect(keptSize(size, 4000)).toEqual(size);
    expect(keptSize({ width: 90_000, height: 1 }, 4000)).toEqual({ width: 4000, height: 1 });
  });
});
