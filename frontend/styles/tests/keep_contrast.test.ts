/** The three places' colours, in light and dark, against WCAG AA: 4.5 for text, 3 for the edge of a control. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../themes.css", import.meta.url), "utf8");

type Colours = Map<string, string>;

function declarationsOf(selector: string): [string, string][] {
  const blocks = [...css.matchAll(/(?:^|\n)([^{}]+)\{([^}]*)\}/g)].filter(([, selectors]) => (selectors ?? "").split(",").some((part) => part.trim().endsWith(selector)));
  return blocks.flatMap(([, , body]) => [...(body ?? "").matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]): [string, string] => [name ?? "", value ?? ""]));
}

const coloursOf = (site: string): Colours => new Map([...declarationsOf(":root"), ...declarationsOf(`[data-site="${site}"]`)]);

/** The value in one scheme, without var() and light-dark(). */
function resolve(value: string, colours: Colours, dark: boolean): string {
  const plain = value.replace(/var\((--[\w-]+)\)/g, (_, name: string) => resolve(colours.get(name) ?? "", colours, dark));
  const pair = /^light-dark\((oklch\([^)]*\)),\s*(oklch\([^)]*\))\)$/.exec(plain);
  return (dark ? pair?.[2] : pair?.[1]) ?? plain;
}

/** Relative luminance of an oklch() colour, by way of linear sRGB (Björn Ottosson's matrices). */
function luminance(colour: string): number {
  const match = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)$/.exec(colour);
  if (match === null) throw new Error(`not a colour: ${colour}`);
  const [lightness = 0, chroma = 0, hue = 0] = match.slice(1).map(Number);
  const [L, a, b] = [lightness / 100, chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
}

const filled = ["primary", "secondary", "accent", "neutral", "info", "success", "warning", "error", "site-bar"];
const written = ["base-content", "quiet", "link", "primary", "info", "success", "warning", "error"];
const pairs: [string, string, number][] = [
  ...filled.map((name): [string, string, number] => [name, `${name}-content`, 4.5]),
  ...written.flatMap((name): [string, string, number][] => [
    [name, "base-100", 4.5],
    [name, "base-200", 4.5],
  ]),
  ["line", "base-100", 3],
];

test("black on white is 21", () => {
  expect(contrast("oklch(0% 0 0)", "oklch(100% 0 0)")).toBeCloseTo(21, 1);
});

describe.each(["directory", "wallet", "community"])("%s", (site) => {
  const colours = coloursOf(site);
  describe.each([false, true])("dark: %s", (dark) => {
    test.each(pairs)("%s on %s is at least %d", (one, other, least) => {
      const value = (name: string): string => resolve(colours.get(`--color-${name}`) ?? "", colours, dark);
      expect(contrast(value(one), value(other))).toBeGreaterThanOrEqual(least);
    });
  });
});
