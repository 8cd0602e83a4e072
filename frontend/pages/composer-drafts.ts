// The draft of a new case or lesson: saves itself in this browser, encrypted, and is sent nowhere. It goes when it is posted, discarded
// or when one signs out (drafts-end.ts).
import { empty, fill, isBlank, valuesOf } from "./lib/drafts/form";
import { Drawer, onForgotten, type Values } from "./lib/drafts/store";
import { dayOf, isOld, openingOf } from "./lib/drafts/versions";
import { afterPress } from "./lib/press";

const PAUSE = 700;

type State = "saved" | "back" | "newer" | "gone" | "discarded" | "off";

/** A composer and its line of state. */
class Composer {
  private seen: string | null = null;
  private timer = 0;
  private isQuiet = false;
  private undone: Values | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly form: HTMLFormElement,
    private readonly line: HTMLElement,
    private readonly drawer: Drawer,
  ) {}

  async start(): Promise<void> {
    const found = await this.drawer.kept();
    const words = found && !isOld(found, dayOf(Date.now())) ? await this.drawer.read(found) : null;
    if (found && words === null) await this.drawer.remove(found.version);
    const kept = words === null ? undefined : found;
    const returned = this.line.dataset["returned"] === "yes";
    const opening = openingOf(kept, returned);
    if (opening === "fill" || opening === "own") this.seen = kept?.version ?? null;
    if (opening === "fill" && words) this.put(words, "back");
    if (opening === "own") this.save();
    if (opening === "newer") this.say("newer");
    this.listen();
    if (opening === "nothing" && !returned && !isBlank(this.form)) this.soon(); // typed before anyone listened
  }

  private listen(): void {
    this.form.addEventListener("input", () => {
      this.soon();
    });
    this.form.addEventListener("change", () => {
      this.soon();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.timer !== 0) this.save();
    });
    // Marked as sent already here: the page may be gone before the server's answer is.
    this.form.addEventListener("submit", () => {
      this.leave();
    });
    document.addEventListener("oneoff:leaving", () => {
      this.leave();
    });
    for (const event of ["oneoff:staying", "pageshow"]) {
      (event === "pageshow" ? window : document).addEventListener(event, () => {
        if (this.line.dataset["state"] !== "off") this.isQuiet = false;
      });
    }
    onForgotten().addEventListener("message", () => {
      this.isQuiet = true;
      this.say("off");
    });
    this.on("discard", () => this.discard());
    this.on("undo", () => {
      if (this.undone) this.put(this.undone, "saved");
      this.save();
    });
    this.on("other", () => this.takeOther());
    this.on("mine", () => this.keepMine());
    this.on("again", () => this.keepMine());
  }

  private on(name: string, act: () => void | Promise<void>): void {
    this.line.querySelector(`[data-draft-${name}]`)?.addEventListener("click", () => void act());
  }

  private soon(): void {
    const state = this.line.dataset["state"];
    if (this.isQuiet || state === "newer" || state === "gone") return;
    if (state !== undefined) delete this.form.dataset["draft"];
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      afterPress(() => {
        this.save();
      });
    }, PAUSE);
  }

  /** One writing after the other: each must know the version of the one before. */
  private save(sent = false): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.writing = this.writing.then(() => this.write(sent)).catch(() => {
      this.say("off");
    });
  }

  private async write(sent: boolean): Promise<void> {
    if (this.seen === null && isBlank(this.form)) return;
    const { verdict, version } = await this.drawer.write(valuesOf(this.form), { seen: this.seen, sent, day: dayOf(Date.now()) });
    if (verdict === "write") this.seen = version;
    this.say(verdict === "write" ? "saved" : verdict);
  }

  private leave(): void {
    const state = this.line.dataset["state"];
    if (!this.isQuiet && state !== "newer" && state !== "gone") this.save(true);
    this.isQuiet = true;
  }

  private async discard(): Promise<void> {
    await this.writing;
    const verdict = await this.drawer.remove(this.seen);
    if (verdict === "newer") {
      this.say("newer");
      return;
    }
    this.undone = valuesOf(this.form);
    this.seen = null;
    this.quietly(() => {
      empty(this.form);
    });
    this.say("discarded");
    this.line.querySelector<HTMLElement>("[data-draft-undo]")?.focus();
  }

  private async takeOther(): Promise<void> {
    const kept = await this.drawer.kept();
    const words = kept ? await this.drawer.read(kept) : null;
    if (!kept || !words) {
      this.say("gone");
      return;
    }
    this.undone = valuesOf(this.form);
    this.seen = kept.version;
    this.put(words, "back");
  }

  private async keepMine(): Promise<void> {
    this.seen = (await this.drawer.kept())?.version ?? null;
    this.save();
  }

  private put(words: Values, state: State): void {
    this.quietly(() => {
      fill(this.form, words);
    });
    this.say(state);
  }

  private quietly(act: () => void): void {
    this.isQuiet = true;
    act();
    this.isQuiet = false;
  }

  private say(state: State): void {
    sayState(this.line, state);
    if (state === "saved" || state === "back") this.form.dataset["draft"] = "saved";
    else delete this.form.dataset["draft"];
  }
}

function sayState(line: HTMLElement, state: State): void {
  line.dataset["state"] = state;
  const words = line.querySelector("[role=status]");
  if (words) words.textContent = line.dataset[`say${state.charAt(0).toUpperCase()}${state.slice(1)}`] ?? "";
  for (const button of line.querySelectorAll<HTMLElement>("[data-when]")) button.hidden = !(button.dataset["when"] ?? "").split(" ").includes(state);
  line.hidden = false;
}

async function serve(line: HTMLElement, form: HTMLFormElement): Promise<void> {
  try {
    const drawer = await Drawer.open(`${line.dataset["owner"] ?? ""} ${line.dataset["composer"] ?? ""}`);
    await new Composer(form, line, drawer).start();
  } catch {
    sayState(line, "off");
  }
}

const line = document.querySelector<HTMLElement>("[data-draft-line]");
const form = line?.closest("form");
if (line && form) void serve(line, form);
