// Shows below a field what in it could tell who wrote it, while it is written. Nothing leaves the page for it.
import { findTelltales, type Telltale } from "./telltales";

const PAUSE = 600;
const MOST = 5;

type Field = HTMLInputElement | HTMLTextAreaElement;

function itemFor(field: Field, sentences: DOMStringMap, { kind, start, text }: Telltale): HTMLElement {
  const item = document.createElement("li");
  const quote = document.createElement("q");
  quote.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = sentences["sayShow"] ?? "";
  button.addEventListener("click", () => {
    field.focus();
    field.setSelectionRange(start, start + text.length);
  });
  item.append(quote, `: ${sentences[`say${kind.charAt(0).toUpperCase()}${kind.slice(1)}`] ?? ""} `, button);
  return item;
}

function boxAfter(field: Field): HTMLElement {
  const box = document.createElement("div");
  box.className = "telltales";
  box.setAttribute("role", "status");
  field.after(box);
  return box;
}

function fill(box: HTMLElement, field: Field, sentences: DOMStringMap): void {
  const found = findTelltales(field.value, field.form?.querySelector<HTMLSelectElement>("select[name=language]")?.value ?? document.documentElement.lang);
  const key = found.map(({ start, text }) => `${String(start)} ${text}`).join();
  if (box.dataset["shown"] === key) return;
  box.dataset["shown"] = key;
  if (found.length === 0) {
    box.replaceChildren();
    return;
  }
  const heading = document.createElement("p");
  heading.className = "font-semibold";
  heading.textContent = sentences["sayHeading"] ?? "";
  const list = document.createElement("ul");
  list.append(...found.slice(0, MOST).map((telltale) => itemFor(field, sentences, telltale)));
  const note = document.createElement("p");
  note.className = "meta";
  note.textContent = sentences["sayNote"] ?? "";
  box.replaceChildren(heading, list, note);
}

/** Watches every field of words inside the part that carries the sentences. */
export function watchTelltales(part: HTMLElement): void {
  for (const field of part.querySelectorAll<Field>("textarea, input[type=text], input[data-field]")) {
    const box = boxAfter(field);
    let waiting = 0;
    field.addEventListener("input", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        fill(box, field, part.dataset);
      }, PAUSE);
    });
    if (field.value !== field.defaultValue || field.form?.dataset["oneoff"]) fill(box, field, part.dataset);
  }
}
