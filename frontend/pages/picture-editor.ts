// Pictures of a composer: blackened and cropped here, before anything is sent. The file itself leaves this device only where its sender
// says so. Its name is never sent.
import { afterKey, inPercent, middleOf, pointIn, type Point, type Rect, rectBetween } from "./lib/pictures/shapes";
import { Sheet } from "./lib/pictures/sheet";

type Tool = "box" | "brush" | "crop";
type Choice = "send" | "raw" | "skip";

const BRUSH = 1 / 40;

function sentenceOf(page: Document, otherwise: string): string {
  return page.querySelector("main > .lede")?.textContent.trim() ?? otherwise;
}

/** DICOM files that are chosen together are one series, and go together. */
const isDicom = ({ name, type }: File): boolean => type === "application/dicom" || /\.dcm$/i.test(name);

/** The dialog in which one picture after the other is worked on. */
class Editor {
  private readonly canvas: HTMLCanvasElement;
  private sheet: Sheet | null = null;
  private tool: Tool = "box";
  private from: Point | null = null;
  private stroke: Point[] = [];
  private frame: Rect | null = null;
  private choose: (choice: Choice) => void = () => undefined;

  constructor(private readonly dialog: HTMLDialogElement) {
    const canvas = dialog.querySelector("canvas");
    if (!canvas) throw new Error("no canvas");
    this.canvas = canvas;
    this.listen();
  }

  /** Shows a file; gives what its sender decides, with the pixels to send. */
  async edit(file: File, place: string): Promise<{ choice: Choice; data: Blob }> {
    this.sheet = await Sheet.open(file).catch(() => null);
    this.frame = null;
    for (const part of this.dialog.querySelectorAll<HTMLElement>("[data-opened]")) part.hidden = (part.dataset["opened"] === "yes") !== (this.sheet !== null);
    this.text("[data-editor-place]", place);
    this.choice("box");
    this.show();
    this.dialog.showModal();
    (this.sheet ? this.canvas : this.dialog.querySelector<HTMLElement>("[data-choice=raw]"))?.focus();
    const choice = await new Promise<Choice>((resolve) => {
      this.choose = resolve;
    });
    const data = choice === "send" && this.sheet ? await this.sheet.file() : file;
    this.sheet?.close();
    this.sheet = null;
    this.dialog.close();
    return { choice, data };
  }

  private listen(): void {
    for (const button of this.dialog.querySelectorAll<HTMLElement>("[data-choice]")) {
      button.addEventListener("click", () => {
        this.choose(button.dataset["choice"] as Choice);
      });
    }
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.choose("skip");
    });
    for (const button of this.dialog.querySelectorAll<HTMLElement>("[data-tool]")) {
      button.addEventListener("click", () => {
        this.choice(button.dataset["tool"] as Tool);
      });
    }
    this.dialog.querySelector("[data-undo]")?.addEventListener("click", () => {
      this.sheet?.undo();
      this.frame = null;
      this.show();
      this.canvas.focus();
    });
    this.dialog.querySelector("[data-apply]")?.addEventListener("click", () => {
      this.apply();
    });
    this.canvas.addEventListener("keydown", (event) => {
      this.key(event);
    });
    this.canvas.addEventListener("pointerdown", (event) => {
      this.down(event);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      this.move(event);
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.canvas.addEventListener(end, (event) => {
        this.up(event);
      });
    }
  }

  private choice(tool: Tool): void {
    this.tool = tool;
    this.frame = null;
    for (const button of this.dialog.querySelectorAll<HTMLElement>("[data-tool]")) button.setAttribute("aria-pressed", `${button.dataset["tool"] === tool}`);
    this.show();
  }

  private at(event: PointerEvent): Point {
    return pointIn(event, this.canvas.getBoundingClientRect(), this.sheet?.size ?? { width: 1, height: 1 });
  }

  private down(event: PointerEvent): void {
    if (!this.sheet || event.button !== 0) return;
    event.preventDefault();
    this.canvas.focus();
    this.canvas.setPointerCapture(event.pointerId);
    this.from = this.at(event);
    this.frame = null;
    if (this.tool !== "brush") return;
    this.stroke = [this.from];
    this.sheet.stroke(this.stroke, Math.max(4, this.sheet.size.width * BRUSH));
    this.show();
  }

  private move(event: PointerEvent): void {
    if (!this.sheet || !this.from) return;
    if (this.tool === "brush") {
      this.sheet.undo();
      this.stroke.push(this.at(event));
      this.sheet.stroke(this.stroke, Math.max(4, this.sheet.size.width * BRUSH));
    } else this.frame = rectBetween(this.from, this.at(event), this.sheet.size);
    this.show();
  }

  private up(event: PointerEvent): void {
    if (!this.from) return;
    this.from = null;
    if (event.type === "pointerup" && this.tool !== "brush") this.apply();
    this.show();
  }

  private key(event: KeyboardEvent): void {
    if (!this.sheet) return;
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.sheet.undo();
    else if (event.key === "Enter" || event.key === " ") this.apply();
    else {
      const moved = afterKey(this.frame ?? middleOf(this.sheet.size), event, this.sheet.size);
      if (!moved) return;
      this.frame = moved;
    }
    event.preventDefault();
    this.show();
  }

  /** Does with the framed part what the tool says; the brush has no frame, and by keys works as the box. */
  private apply(): void {
    if (!this.sheet || !this.frame) return;
    if (this.tool === "crop") this.sheet.crop(this.frame);
    else this.sheet.blacken(this.frame);
    this.frame = null;
    this.show();
  }

  private show(): void {
    this.sheet?.show(this.canvas, this.frame);
    const undo = this.dialog.querySelector<HTMLButtonElement>("[data-undo]");
    if (undo) undo.disabled = !this.sheet?.canUndo;
    const apply = this.dialog.querySelector<HTMLButtonElement>("[data-apply]");
    if (apply) apply.disabled = this.frame === null;
    if (!this.frame || !this.sheet || this.from) return;
    const numbers = inPercent(this.frame, this.sheet.size);
    const words = Object.entries(numbers).reduce((text, [part, number]) => text.replace(`{${part}}`, `${number}`), this.dialog.dataset["sayFrame"] ?? "");
    this.text("[data-editor-status]", words);
  }

  private text(place: string, words: string): void {
    const element = this.dialog.querySelector(place);
    if (element) element.textContent = words;
  }
}

/** The part of the composer that holds pictures. */
class Pictures {
  constructor(
    private readonly part: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly editor: Editor,
  ) {}

  listen(): void {
    const send = this.part.querySelector<HTMLElement>("[data-picture-send]");
    if (send) send.hidden = true;
    this.input.addEventListener("change", () => {
      const files = Array.from(this.input.files ?? []);
      this.input.value = ""; // or the form would send the files themselves
      void this.take(files);
    });
  }

  private async take(files: readonly File[]): Promise<void> {
    this.problem("");
    const series = files.filter(isDicom);
    const others = files.filter((file) => !isDicom(file));
    for (const [at, file] of others.entries()) {
      const place = others.length > 1 ? `${at + 1} / ${others.length}` : "";
      const { choice, data } = await this.editor.edit(file, place);
      if (choice !== "skip") await this.send([data]);
    }
    const [first] = series;
    if (first && (await this.editor.edit(first, "DICOM")).choice === "raw") await this.send(series);
    this.input.focus();
  }

  private async send(parts: readonly Blob[]): Promise<void> {
    const { receive = "", sayFailed = "" } = this.part.dataset;
    const body = new FormData();
    for (const part of parts) body.append("files", part, "picture");
    const token = this.part.closest("form")?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    this.busy(true);
    try {
      const answer = await fetch(receive, { method: "POST", body, headers: { "X-CSRFToken": token } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok) this.add(page);
      else this.problem(sentenceOf(page, sayFailed));
    } catch {
      this.problem(sayFailed);
    } finally {
      this.busy(false);
    }
  }

  private add(page: Document): void {
    const cards = this.part.querySelector("[data-picture-cards]");
    for (const card of page.querySelectorAll("body > li")) {
      const fresh = document.importNode(card, true);
      cards?.append(fresh);
      window.htmx?.process(fresh);
    }
    const undecided = this.part.querySelector<HTMLElement>("[data-picture-undecided]");
    if (undecided) undecided.hidden = false;
    this.part.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private busy(isBusy: boolean): void {
    const line = this.part.querySelector<HTMLElement>("[data-picture-sending]");
    if (line) line.hidden = !isBusy;
    this.input.disabled = isBusy;
  }

  private problem(words: string): void {
    const line = this.part.querySelector<HTMLElement>("[data-picture-problem]");
    if (!line) return;
    line.textContent = words;
    line.hidden = words === "";
  }
}

for (const part of document.querySelectorAll<HTMLElement>("[data-pictures]")) {
  const [input, dialog] = [part.querySelector<HTMLInputElement>("input[type=file]"), part.querySelector<HTMLDialogElement>("dialog")];
  if (input && dialog) new Pictures(part, input, new Editor(dialog)).listen();
}
