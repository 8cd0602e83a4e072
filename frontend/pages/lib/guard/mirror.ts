// Draws marks in a field: a copy of its text lies over it, unseen but for the marks, and out of the way of pointer and keyboard.
import type { Found } from "./asking";

export type Field = HTMLInputElement | HTMLTextAreaElement;

export class Mirror {
  private readonly layer = document.createElement("div");
  private readonly text = document.createElement("div");
  private drawn: readonly Found[] = [];

  constructor(
    readonly field: Field,
    private readonly chosen: (one: Found, place: DOMRect) => void,
  ) {
    const stage = document.createElement("div");
    stage.className = "guard-stage";
    this.layer.className = `guard-mirror ${field.className}`;
    this.layer.classList.toggle("guard-line", field instanceof HTMLInputElement);
    this.layer.setAttribute("aria-hidden", "true");
    this.text.className = "guard-text";
    this.layer.append(this.text);
    field.replaceWith(stage);
    stage.append(field, this.layer);
    field.addEventListener("scroll", () => {
      this.follow();
    });
    field.addEventListener("click", () => {
      this.choose();
    });
    new ResizeObserver(() => {
      this.fit();
    }).observe(field);
  }

  draw(found: readonly Found[]): void {
    this.drawn = [...found].sort((left, right) => left.start - right.start);
    if (found.length === 0) {
      this.text.replaceChildren();
      return;
    }
    const { value } = this.field;
    let at = 0;
    const pieces: (string | HTMLElement)[] = [];
    for (const one of this.drawn) {
      const mark = document.createElement("mark");
      mark.className = one.blocks ? "guard-mark" : "guard-mark guard-mark-soft";
      mark.textContent = value.slice(one.start, one.end);
      pieces.push(value.slice(at, one.start), mark);
      at = one.end;
    }
    // A last line that is empty has no height of its own.
    this.text.replaceChildren(...pieces, `${value.slice(at)}\u200b`);
    this.fit();
  }

  /** Only as wide as the field's text: a scroll bar takes some of its width. */
  private fit(): void {
    const border = this.field.offsetWidth - this.field.clientWidth;
    const own = this.layer.offsetWidth - this.layer.clientWidth;
    this.layer.style.borderInlineEndWidth = `${Math.max(border - own, 0) + 1}px`;
    this.follow();
  }

  private follow(): void {
    this.layer.scrollTop = this.field.scrollTop;
    this.layer.scrollLeft = this.field.scrollLeft;
  }

  private choose(): void {
    const at = this.field.selectionStart ?? -1;
    if (at !== this.field.selectionEnd) return;
    const index = this.drawn.findIndex(({ start, end }) => start <= at && at <= end);
    const one = this.drawn[index];
    const mark = this.text.querySelectorAll("mark")[index];
    if (one && mark) this.chosen(one, mark.getBoundingClientRect());
  }
}
