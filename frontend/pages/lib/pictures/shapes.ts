// Rectangles over a picture, in its own pixels: from where a pointer is, and by keys. No page is touched here.

export interface Size {
  width: number;
  height: number;
}

export interface Rect extends Size {
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

const between = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), Math.max(least, most));

/** The whole pixels between two corners, inside of the picture; null where there are none. */
export function rectBetween(one: Point, other: Point, size: Size): Rect | null {
  const [left, right] = [Math.floor(between(0, Math.min(one.x, other.x), size.width)), Math.ceil(between(0, Math.max(one.x, other.x), size.width))];
  const [top, bottom] = [Math.floor(between(0, Math.min(one.y, other.y), size.height)), Math.ceil(between(0, Math.max(one.y, other.y), size.height))];
  return right - left < 2 || bottom - top < 2 ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where a pointer is in the picture, however large it is shown. */
export const pointIn = (at: { clientX: number; clientY: number }, shown: { left: number; top: number; width: number; height: number }, size: Size): Point => ({
  x: ((at.clientX - shown.left) * size.width) / (shown.width || 1),
  y: ((at.clientY - shown.top) * size.height) / (shown.height || 1),
});

/** A rectangle to begin with by keys: a quarter of the picture, in its middle. */
export const middleOf = ({ width, height }: Size): Rect => ({
  x: Math.round((width * 3) / 8),
  y: Math.round((height * 3) / 8),
  width: Math.max(1, Math.round(width / 4)),
  height: Math.max(1, Math.round(height / 4)),
});

const arrows: Record<string, Point> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

/** The rectangle after a key: arrows move it, with Shift its lower right corner, with Alt by single pixels. Null for any other key. */
export function afterKey(rect: Rect, key: { key: string; shiftKey: boolean; altKey: boolean }, size: Size): Rect | null {
  const way = arrows[key.key];
  if (!way) return null;
  const step = key.altKey ? 1 : Math.max(1, Math.round(Math.max(size.width, size.height) / 100));
  const [dx, dy] = [way.x * step, way.y * step];
  if (key.shiftKey)
    return { ...rect, width: between(1, rect.width + dx, size.width - rect.x), height: between(1, rect.height + dy, size.height - rect.y) };
  return { ...rect, x: between(0, rect.x + dx, size.width - rect.width), y: between(0, rect.y + dy, size.height - rect.height) };
}

/** The size that a picture is kept at: its longer side at most so long. */
export function keptSize({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The rectangle in hundredths of the picture, to be read out. */
export const inPercent = (rect: Rect, size: Size): Record<"left" | "top" | "width" | "height", number> => ({
  left: Math.round((100 * rect.x) / size.width),
  top: Math.round((100 * rect.y) / size.height),
  width: Math.round((100 * rect.width) / size.width),
  height: Math.round((100 * rect.height) / size.height),
});
