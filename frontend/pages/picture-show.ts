// A series shown large: arrow keys change frames, dragging changes window and level. Without this script the form beside it does both.

const HASTE = 120;

class Series {
  private timer = 0;
  private from: { x: number; y: number; center: number; width: number } | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly picture: HTMLImageElement,
  ) {}

  start(): void {
    const hint = document.querySelector<HTMLElement>("[data-frame-keys]");
    if (hint) hint.hidden = false;
    this.form.addEventListener("input", () => {
      this.soon();
    });
    document.addEventListener("keydown", (event) => {
      this.key(event);
    });
    this.picture.draggable = false;
    this.picture.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.picture.setPointerCapture(event.pointerId);
      this.from = { x: event.clientX, y: event.clientY, center: this.number("center", 128), width: this.number("width", 256) };
    });
    this.picture.addEventListener("pointermove", (event) => {
      if (!this.from) return;
      const scale = Math.max(1, this.from.width) / 200;
      this.put("width", Math.max(1, Math.round(this.from.width + (event.clientX - this.from.x) * scale)));
      this.put("center", Math.round(this.from.center + (event.clientY - this.from.y) * scale));
      this.soon();
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.picture.addEventListener(end, () => {
        this.from = null;
      });
    }
  }

  private key(event: KeyboardEvent): void {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way === undefined || event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    const last = Number(this.form.dataset["frames"] ?? "1");
    if (last < 2) return;
    event.preventDefault();
    this.put("frame", Math.min(last, Math.max(1, this.number("frame", 1) + way)));
    this.soon();
  }

  private field(part: string): HTMLInputElement | null {
    const found = this.form.elements.namedItem(part);
    return found instanceof HTMLInputElement ? found : null;
  }

  private number(part: string, otherwise: number): number {
    const text = this.field(part)?.value ?? "";
    return text === "" || !Number.isFinite(Number(text)) ? Number(this.form.dataset[part] ?? otherwise) : Number(text);
  }

  private put(part: string, value: number): void {
    const field = this.field(part);
    if (field) field.value = `${value}`;
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.show();
    }, HASTE);
  }

  private show(): void {
    const address = (this.form.dataset["frameUrl"] ?? "").replace(/1\/$/, `${this.number("frame", 1)}/`);
    const [center, width] = [this.field("center")?.value ?? "", this.field("width")?.value ?? ""];
    const window = center !== "" && width !== "" ? `?${new URLSearchParams({ center, width }).toString()}` : "";
    this.picture.src = `${address}${window}`;
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-frames]")) {
  const picture = document.querySelector<HTMLImageElement>("img[data-picture]");
  if (picture) new Series(form, picture).start();
}
