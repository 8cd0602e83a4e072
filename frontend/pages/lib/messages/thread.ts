/** The messages of a conversation as this browser has them: opened one by one, drawn in order, replaced where they changed. */
import { open, Unreadable } from "./box";
import { bytesOf, sentence } from "./dom";
import type { MessageKey, Recipient } from "./key";

export interface Sealed {
  readonly id: string;
  readonly own: boolean;
  readonly at: string;
  readonly age: string;
}

export interface Listed {
  readonly messages: readonly Sealed[];
  readonly earlier: string;
}

export interface Read {
  readonly sealed: Sealed;
  readonly text: string | null;
  readonly own: boolean;
  readonly other: Recipient | null;
}

/** Ids have one length, so that their order as text is their order as numbers. */
const before = (left: Sealed, right: Sealed): boolean => left.at < right.at || (left.at === right.at && left.id < right.id);

async function read(key: MessageKey, sealed: Sealed): Promise<Read> {
  try {
    const { text, own, other } = await open(key, bytesOf(sealed.age));
    return { sealed, text, own, other };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { sealed, text: null, own: sealed.own, other: null };
  }
}

/** Opens what is new and keeps the rest; the oldest first. */
export class Thread {
  #read = new Map<string, Read>();
  #newest: readonly Sealed[] = [];
  #earlier: readonly Sealed[] = [];
  #cursor = "";
  #turnedBack = false;

  constructor(private readonly key: MessageKey) {}

  get cursor(): string {
    return this.#cursor;
  }

  /** The newest page as the server has it now. What fell off its older end stays; what is missing within was removed. */
  async renew(listed: Listed): Promise<void> {
    const first = listed.messages[0];
    const left = listed.earlier !== "" && first !== undefined ? this.#newest.filter((each) => before(each, first)) : [];
    this.#earlier = [...this.#earlier, ...left];
    this.#newest = listed.messages;
    if (!this.#turnedBack && left.length === 0) this.#cursor = listed.earlier;
    await this.#openAll();
  }

  async turnBack(listed: Listed): Promise<void> {
    this.#turnedBack = true;
    this.#earlier = [...listed.messages, ...this.#earlier];
    this.#cursor = listed.earlier;
    await this.#openAll();
  }

  async drop(id: string): Promise<void> {
    this.#earlier = this.#earlier.filter((each) => each.id !== id);
    this.#newest = this.#newest.filter((each) => each.id !== id);
    await this.#openAll();
  }

  get all(): Read[] {
    return [...this.#earlier, ...this.#newest].flatMap((each) => this.#read.get(each.id) ?? []);
  }

  async #openAll(): Promise<void> {
    const wanted = [...this.#earlier, ...this.#newest];
    const fresh = await Promise.all(wanted.filter((each) => !this.#read.has(each.id)).map((each) => read(this.key, each)));
    for (const each of fresh) this.#read.set(each.sealed.id, each);
  }
}

const clock = new Intl.DateTimeFormat(document.documentElement.lang || "en", { dateStyle: "medium", timeStyle: "short" });

export const inWords = (at: string): string => clock.format(new Date(at));

function line(tag: "p" | "span" | "time", text: string, look: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: text, className: look });
}

export interface Drawing {
  readonly root: HTMLElement;
  /** The other's key as it is now. */
  readonly other: Recipient;
  readonly remove: (id: string) => Promise<void>;
}

const addressFor = (root: HTMLElement, id: string): string => (root.dataset["reportUrl"] ?? "").replace("0000000000000", id);

function draw(item: Read, { root, other, remove }: Drawing): HTMLElement {
  const place = Object.assign(document.createElement("li"), {
    className: `max-w-[38rem] rounded-box border border-base-300 p-3 ${item.own ? "ms-6 sm:ms-16 bg-base-200" : "me-6 sm:me-16"}`,
  });
  place.dataset["id"] = item.sealed.id;
  const head = line("p", "", "meta flex flex-wrap items-baseline gap-x-3");
  const time = line("time", inWords(item.sealed.at), "");
  time.setAttribute("datetime", item.sealed.at);
  head.append(line("span", item.own ? sentence(root, "you") : sentence(root, "them"), "font-semibold"), time);
  place.append(head, line("p", item.text ?? sentence(root, "unreadable"), item.text === null ? "text-quiet italic" : "whitespace-pre-wrap break-words"));
  if (item.other !== null && item.other !== other) place.append(line("p", sentence(root, "formerKey"), "meta"));
  if (item.sealed.own) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-ghost ms-auto" });
    button.append(sentence(root, "remove"), line("span", `: ${inWords(item.sealed.at)}`, "sr-only"));
    button.addEventListener("click", () => {
      if (window.confirm(sentence(root, "removeAsk"))) void remove(item.sealed.id);
    });
    head.append(button);
  } else if ((root.dataset["reportUrl"] ?? "") !== "") {
    const report = Object.assign(document.createElement("a"), { href: addressFor(root, item.sealed.id), className: "ms-auto" });
    report.append(sentence(root, "report"), line("span", `: ${inWords(item.sealed.at)}`, "sr-only"));
    window.htmx?.process(report);
    head.append(report);
  }
  return place;
}

/** Brings the list on the page in line with the thread, touching only what changed, so that a reader hears only what is new. */
export function redraw(list: HTMLElement, thread: Thread, drawing: Drawing): void {
  const items = thread.all;
  const wanted = new Set(items.map((item) => item.sealed.id));
  const shown = new Map([...list.children].flatMap((child) => (child instanceof HTMLElement ? [[child.dataset["id"] ?? "", child] as const] : [])));
  for (const [id, child] of shown) if (!wanted.has(id)) child.remove();
  let next = list.firstElementChild;
  for (const item of items) {
    const present = shown.get(item.sealed.id);
    if (present !== undefined && present === next) next = present.nextElementSibling;
    else list.insertBefore(present ?? draw(item, drawing), next);
  }
}
