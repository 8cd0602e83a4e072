// A picture that is being blackened and cropped on this device. Its pixels are overwritten; what was under them is kept only as long as
// the step can be undone, in this page's memory.
import { keptSize, type Point, type Rect, type Size } from "./shapes";

const LONGEST = 4096;
const QUALITY = 0.92;

type Step = { kind: "box"; rect: Rect } | { kind: "brush"; points: Point[]; radius: number } | { kind: "crop"; rect: Rect };

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  return context;
}

export class Sheet {
  private readonly steps: Step[] = [];
  private readonly pixels = document.createElement("canvas");

  private constructor(
    private readonly source: ImageBitmap,
    private readonly kind: string,
  ) {
    this.again();
  }

  /** Decodes a file, upright, without its metadata; rejects where this browser cannot. */
  static async open(file: File): Promise<Sheet> {
    const source = await createImageBitmap(file);
    return new Sheet(source, file.type === "image/png" ? "image/png" : "image/jpeg");
  }

  get size(): Size {
    return { width: this.pixels.width, height: this.pixels.height };
  }

  get canUndo(): boolean {
    return this.steps.length > 0;
  }

  blacken(rect: Rect): void {
    this.add({ kind: "box", rect });
  }

  crop(rect: Rect): void {
    this.add({ kind: "crop", rect });
  }

  /** A stroke of the brush; its points are added as the pointer moves. */
  stroke(points: Point[], radius: number): void {
    this.add({ kind: "brush", points, radius });
  }

  undo(): void {
    this.steps.pop();
    this.again();
  }

  /** Shows it, with a frame around what is being chosen. */
  show(canvas: HTMLCanvasElement, frame: Rect | null): void {
    const { width, height } = this.size;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = contextOf(canvas);
    context.drawImage(this.pixels, 0, 0);
    if (!frame) return;
    const line = Math.max(2, Math.round(width / 300));
    for (const [colour, dash] of [
      ["black", []],
      ["gold", [line * 3, line * 3]],
    ] as const) {
      context.lineWidth = line;
      context.strokeStyle = colour;
      context.setLineDash([...dash]);
      context.strokeRect(frame.x, frame.y, frame.width, frame.height);
    }
    context.setLineDash([]);
  }

  /** The pixels as a file that holds nothing else. */
  file(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      this.pixels.toBlob(
        (blob) => {
          if (blob) resolve(blob);
          else reject(new Error("no picture"));
        },
        this.kind,
        QUALITY,
      );
    });
  }

  close(): void {
    this.source.close();
    this.pixels.width = this.pixels.height = 0;
  }

  private add(step: Step): void {
    this.steps.push(step);
    this.draw(step);
  }

  private again(): void {
    Object.assign(this.pixels, keptSize(this.source, LONGEST));
    const context = contextOf(this.pixels);
    context.fillStyle = "white";
    context.fillRect(0, 0, this.pixels.width, this.pixels.height);
    context.drawImage(this.source, 0, 0, this.pixels.width, this.pixels.height);
    for (const step of this.steps) this.draw(step);
  }

  private draw(step: Step): void {
    const context = contextOf(this.pixels);
    context.fillStyle = context.strokeStyle = "black";
    if (step.kind === "box") context.fillRect(step.rect.x, step.rect.y, step.rect.width, step.rect.height);
    else if (step.kind === "brush") drawStroke(context, step.points, step.radius);
    else {
      const { x, y, width, height } = step.rect;
      const part = context.getImageData(x, y, width, height);
      Object.assign(this.pixels, { width, height });
      contextOf(this.pixels).putImageData(part, 0, 0);
    }
  }
}

function drawStroke(context: CanvasRenderingContext2D, points: readonly Point[], radius: number): void {
  context.lineWidth = 2 * radius;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  for (const [at, { x, y }] of points.entries()) {
    if (at === 0) context.moveTo(x, y);
    context.lineTo(x, y);
  }
  context.stroke();
}
