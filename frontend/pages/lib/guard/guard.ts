// The guard of one composer: marks in its fields what was found, lists it beside them, and replaces or keeps it. Who finds it is given.
import type { Found, Words } from "./asking";
import { type Field, Mirror } from "./mirror";
import { buttonsOf, type Choices, type Group, Panel } from "./panel";
import { changed, changesFor, moved } from "./places";
import { afterPress } from "../press";

export type Finder = (texts: Readonly<Record<string, string>>, language: string) => Promise<readonly Found[]>;

const PAUSE = 900;

const keyOf = (field: Field): string => field.name || (field.dataset["field"] ?? "");

/** The fields of one composer, what was found in them, and what its author keeps. */
export class Guard implements Choices {
  private readonly mirrors: ReadonlyMap<string, Mirror>;
  private readonly panel: Panel;
  private readonly values = new Map<string, string>();
  private readonly kept = new Set<string>();
  private found: readonly Found[] = [];
  private undone: ReadonlyMap<string, string> | null = null;
  private pop: HTMLElement | null = null;
  private isAway = false;
  private timer = 0;
  private asked = 0;

  constructor(
    private readonly scope: HTMLElement,
    private readonly words: Words,
    private readonly find: Finder,
  ) {
    const fields = Array.from(scope.querySelectorAll<Field>("textarea, input:not([type]), input[type=text]")).filter((field) => keyOf(field) !== "");
    this.mirrors = new Map(fields.map((field) => [keyOf(field), this.mirror(field)]));
    this.panel = new Panel(words, this);
    for (const token of this.keptInput?.value.split(" ") ?? []) if (token) this.kept.add(token);
    const actions = scope.querySelector(":scope > .actions"); // other parts of a form have buttons too
    if (actions) actions.before(this.panel.root);
    else scope.append(this.panel.root);
    this.remember();
    this.listen();
  }

  private get keptInput(): HTMLInputElement | null {
    return this.scope.querySelector<HTMLInputElement>("input[data-guard-kept]");
  }

  private mirror(field: Field): Mirror {
    return new Mirror(field, (one, place) => {
      this.offer(one, place);
    });
  }

  private listen(): void {
    this.scope.addEventListener("input", () => {
      this.changed();
      this.soon();
    });
    this.scope.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    this.scope.addEventListener("guard:before", (event) => {
      if (event instanceof CustomEvent) (event.detail as Promise<string>[]).push(this.before());
    });
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !this.scope.contains(event.target)) this.close();
    });
    if (this.hasWords()) this.soon();
  }

  private hasWords(): boolean {
    return Array.from(this.mirrors.values()).some(({ field }) => field.value.trim() !== "");
  }

  private remember(): void {
    for (const [key, { field }] of this.mirrors) this.values.set(key, field.value);
  }

  /** Keeps marks where they belong while one types, until the next answer. */
  private changed(): void {
    this.close();
    this.found = Array.from(this.mirrors).flatMap(([key, { field }]) => moved(this.in(key), this.values.get(key) ?? "", field.value));
    this.remember();
    this.render();
  }

  private in(key: string): Found[] {
    return this.found.filter(({ field }) => field === key);
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      afterPress(() => void this.check());
    }, PAUSE);
  }

  private async check(): Promise<boolean> {
    window.clearTimeout(this.timer);
    this.asked += 1;
    const mine = this.asked;
    if (!this.hasWords()) {
      this.found = [];
      this.render();
      return true;
    }
    try {
      const found = await this.find(Object.fromEntries(this.values), this.language());
      if (mine !== this.asked) return false;
      this.found = found;
      this.isAway = false;
    } catch {
      if (mine !== this.asked) return false;
      this.isAway = true;
    }
    this.render();
    return !this.isAway;
  }

  private language(): string {
    return this.scope.querySelector<HTMLSelectElement>("select[name=language], select[data-field=language]")?.value ?? document.documentElement.lang;
  }

  /** What to say before the words are sent on: empty where nothing is open. */
  async before(): Promise<string> {
    this.remember();
    if (!(await this.check()) || !this.open().some(({ blocks }) => blocks)) return "";
    this.panel.focus();
    return this.words.say("first");
  }

  private open(): Found[] {
    return this.found.filter(({ token }) => !this.kept.has(token));
  }

  private groups(): Group[] {
    const byId = new Map<number, Found[]>();
    for (const one of this.open()) byId.set(one.group, [...(byId.get(one.group) ?? []), one]);
    return Array.from(byId, ([id, found]) => ({ id, found, quotes: [...new Set(found.map((one) => this.quote(one)))] }));
  }

  private quote({ field, start, end }: Found): string {
    return (this.values.get(field) ?? "").slice(start, end);
  }

  private render(): void {
    const open = this.open();
    for (const [key, mirror] of this.mirrors) mirror.draw(open.filter(({ field }) => field === key));
    const kept = new Set(this.found.filter(({ token }) => this.kept.has(token)).map(({ group }) => group)).size;
    this.panel.render({ groups: this.groups(), kept, mayUndo: this.undone !== null, isAway: this.isAway });
    const input = this.keptInput;
    if (input) input.value = [...this.kept].join(" ");
  }

  replace(group: Group, words: string): void {
    this.put(group.found, () => words);
  }

  replaceAll(): void {
    this.put(this.open(), ({ replacement }) => replacement);
  }

  private put(found: readonly Found[], wordsFor: (one: Found) => string): void {
    this.close();
    this.undone = new Map(this.values);
    for (const [key, { field }] of this.mirrors) {
      const here = found.filter((one) => one.field === key);
      if (here.length > 0) this.write(field, changed(field.value, changesFor(here, field.value, wordsFor)));
    }
  }

  undo(): void {
    const before = this.undone;
    this.undone = null;
    for (const [key, { field }] of this.mirrors) if (before?.has(key)) this.write(field, before.get(key) ?? "");
  }

  private write(field: Field, text: string): void {
    if (field.value === text) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  keep(group: Group): void {
    this.close();
    for (const { token } of group.found) this.kept.add(token);
    this.render();
  }

  askAgain(): void {
    this.kept.clear();
    this.render();
  }

  show({ field, start, end }: Found): void {
    const target = this.mirrors.get(field)?.field;
    const folded = target?.closest("details");
    if (folded) folded.open = true;
    target?.focus();
    target?.setSelectionRange(start, end);
  }

  private offer(one: Found, place: DOMRect): void {
    this.close();
    const group = this.groups().find(({ id }) => id === one.group);
    const stage = this.mirrors.get(one.field)?.field.parentElement;
    if (!group || !stage) return;
    const around = stage.getBoundingClientRect();
    const pop = document.createElement("div");
    pop.className = "guard-pop";
    pop.append(buttonsOf(group, this.words, this));
    stage.append(pop);
    pop.style.top = `${place.bottom - around.top + 4}px`;
    pop.style.left = `${Math.max(0, Math.min(place.left - around.left, around.width - pop.offsetWidth))}px`;
    this.pop = pop;
  }

  private close(): void {
    this.pop?.remove();
    this.pop = null;
  }
}
