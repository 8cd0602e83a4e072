// Deciding what is black: boxes are drawn on the picture, and the numbered ones follow their ticks. Without this script boxes are typed.
import { type Point, type Rect, rectBetween } from "./lib/pictures/shapes";

const SVG = "http://www.w3.org/2000/svg";

class Boxes {
  private drawn = 0;
  private from: Point | null = null;
  private readonly ghost: SVGRectElement;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly svg: SVGSVGElement,
    private readonly list: HTMLElement,
  ) {
    this.ghost = document.createElementNS(SVG, "rect");
    this.ghost.setAttribute("class", "picture-box");
    this.ghost.setAttribute("vector-effect", "non-scaling-stroke");
  }

  start(): void {
    this.drawn = this.list.querySelectorAll("input").length;
    this.form.addEventListener("change", () => {
      this.follow();
    });
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.svg.setPointerCapture(event.pointerId);
      this.from = this.at(event);
    });
    this.svg.addEventListener("pointermove", (event) => {
      const rect = this.rect(event);
      if (!rect) return;
      place(this.ghost, rect);
      this.svg.append(this.ghost);
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.svg.addEventListener(end, (event) => {
        const rect = end === "pointerup" ? this.rect(event) : null;
        this.from = null;
        this.ghost.remove();
        if (rect) this.add(rect);
      });
    }
    const hint = this.form.querySelector<HTMLElement>("[data-boxes-hint]");
    if (hint) hint.hidden = false;
    this.follow();
  }

  private at(event: PointerEvent): Point {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM()?.inverse());
    return { x: point.x, y: point.y };
  }

  private rect(event: PointerEvent): Rect | null {
    const { width = "1", height = "1" } = this.form.dataset;
    return this.from ? rectBetween(this.from, this.at(event), { width: Number(width), height: Number(height) }) : null;
  }

  private add(rect: Rect): void {
    this.drawn += 1;
    const number = `${this.drawn}`;
    const group = document.createElementNS(SVG, "g");
    group.dataset["box"] = number;
    const [box, digits] = [document.createElementNS(SVG, "rect"), document.createElementNS(SVG, "text")];
    box.setAttribute("class", "picture-box");
    box.setAttribute("vector-effect", "non-scaling-stroke");
    place(box, rect);
    digits.setAttribute("class", "picture-number");
    for (const [part, value] of Object.entries({ x: rect.x, y: rect.y, "font-size": this.form.dataset["letter"] ?? "16" })) digits.setAttribute(part, `${value}`);
    digits.textContent = number;
    group.append(box, digits);
    this.svg.append(group);
    this.list.append(this.line(number, rect));
    this.follow();
  }

  private line(number: string, rect: Rect): HTMLElement {
    const [item, label, tick, words] = [document.createElement("li"), document.createElement("label"), document.createElement("input"), document.createElement("span")];
    label.className = "flex items-start gap-3";
    Object.assign(tick, { className: "checkbox", type: "checkbox", name: "box", value: `${rect.x} ${rect.y} ${rect.width} ${rect.height}`, checked: true });
    tick.dataset["box"] = number;
    words.textContent = (this.form.dataset["sayBox"] ?? "").replace("{number}", number);
    label.append(tick, words);
    item.append(label);
    return item;
  }

  /** A ticked box is shown black, as it will be. */
  private follow(): void {
    for (const tick of this.list.querySelectorAll<HTMLInputElement>("input[data-box]")) {
      const rect = this.svg.querySelector<SVGRectElement>(`g[data-box="${tick.dataset["box"] ?? ""}"] rect`);
      if (rect) rect.dataset["chosen"] = tick.checked ? "yes" : "no";
    }
  }
}

function place(rect: SVGRectElement, { x, y, width, height }: Rect): void {
  for (const [part, value] of Object.entries({ x, y, width, height })) rect.setAttribute(part, `${value}`);
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-boxes]")) {
  const [svg, list] = [form.querySelector("svg"), form.querySelector<HTMLElement>("[data-boxes-list]")];
  if (svg && list) new Boxes(form, svg, list).start();
}
