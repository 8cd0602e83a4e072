/** Draws one step at a time: a heading that takes the focus, some text, and what the person can choose. */
import { page } from "./words";

export type Child = Node | string;

type Attributes = Readonly<Record<string, string | boolean>>;

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

export const text = (content: string, look = ""): HTMLElement => make("p", look === "" ? {} : { class: look }, content);

export const list = (items: readonly string[]): HTMLElement => make("ul", {}, ...items.map((item) => make("li", {}, item)));

export const section = (heading: string, ...children: Child[]): HTMLElement => make("section", {}, make("h2", {}, heading), ...children);

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no #${id} in index.html`);
  return found;
}

export function put(id: string, sentence: string): void {
  element(id).textContent = sentence;
}

/** Read out by a screen reader, not shown. */
export function announce(sentence: string): void {
  put("live", sentence);
}

let firstStep = true;

/** Shows a step. The focus goes to its heading, but for the first, where the reader starts at the top of the page anyway. */
export function show(heading: string, ...body: Child[]): void {
  const title = make("h1", { tabindex: "-1" }, heading);
  element("main").replaceChildren(title, ...body);
  document.title = `${heading} · ${page.title}`;
  window.scrollTo(0, 0);
  if (!firstStep) title.focus();
  firstStep = false;
}

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
}

/** The first choice is the one most people want. */
function buttons<T>(choices: readonly Choice<T>[], choose: (value: T) => void): HTMLElement {
  const row = make("div", { class: "actions" });
  choices.forEach(({ label, value }, index) => {
    const button = make("button", { type: "button", class: index === 0 ? "btn btn-primary" : "btn btn-outline" }, label);
    button.addEventListener("click", () => {
      choose(value);
    });
    row.append(button);
  });
  return row;
}

export function ask<T>(heading: string, body: readonly Child[], choices: readonly Choice<T>[]): Promise<T> {
  return new Promise((resolve) => {
    show(heading, ...body, buttons(choices, resolve));
  });
}

export interface Field {
  readonly label: string;
  readonly control: HTMLInputElement | HTMLTextAreaElement;
}

/** Nothing typed here may be kept, completed, corrected or sent to a spelling service. */
export const PRIVATE_INPUT = { autocomplete: "off", autocapitalize: "none", autocorrect: "off", spellcheck: "false", required: true } as const;

export type Checked<T> = { readonly value: T } | { readonly problem: string; readonly wrong: readonly number[] };

function markWrong(fields: readonly Field[], wrong: readonly number[]): void {
  fields.forEach(({ control }, index) => {
    control.setAttribute("aria-invalid", String(wrong.includes(index)));
  });
  fields[wrong[0] ?? 0]?.control.focus();
}

const row = ({ label, control }: Field): HTMLElement => make("label", { class: "form-row" }, make("span", { class: "font-semibold" }, label), control);

/** A form whose answer is checked in place: what was typed stays, the problem is said above it. */
export function askForm<T>(
  heading: string,
  body: readonly Child[],
  fields: readonly Field[],
  submit: string,
  check: () => Checked<T>,
  others: readonly Choice<T>[],
): Promise<T> {
  return new Promise((resolve) => {
    const problem = make("p", { class: "notice-error", role: "alert", id: "problem", hidden: true });
    const form = make("form", { class: "grid gap-4", novalidate: true }, problem, ...fields.map(row));
    form.append(make("div", { class: "actions" }, make("button", { class: "btn btn-primary" }, submit)));
    for (const { control } of fields) control.setAttribute("aria-describedby", "problem");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const checked = check();
      if ("value" in checked) {
        resolve(checked.value);
        return;
      }
      problem.textContent = checked.problem;
      problem.hidden = false;
      markWrong(fields, checked.wrong);
    });
    show(heading, ...body, form);
    form.querySelector(".actions")?.append(...buttons(others, resolve).childNodes);
    for (const button of form.querySelectorAll("button[type=button]")) button.className = "btn btn-outline";
  });
}

/** A step that is under way: one bar for each part, read out when a part begins and ends. */
export class Progress {
  private readonly parts = new Map<string, HTMLProgressElement>();
  private readonly rows = make("ol", { class: "steps-list" });

  constructor(heading: string, ...body: Child[]) {
    show(heading, ...body, this.rows);
  }

  report(label: string, done: number, total: number): void {
    const bar = this.parts.get(label) ?? this.add(label);
    bar.max = total;
    bar.value = done;
  }

  private add(label: string): HTMLProgressElement {
    const bar = make("progress", { class: "progress progress-primary w-full", "aria-label": label, value: "0" });
    this.rows.append(make("li", {}, make("span", {}, label), bar));
    this.parts.set(label, bar);
    announce(label);
    return bar;
  }
}
