// The list of what was found beside the fields: for keyboard and screen reader the same as the marks, and the place of all choices.
import type { Found, Words } from "./asking";

export interface Group {
  readonly id: number;
  readonly found: readonly Found[];
  readonly quotes: readonly string[];
}

export interface Choices {
  replace(group: Group, words: string): void;
  replaceAll(): void;
  keep(group: Group): void;
  show(one: Found): void;
  undo(): void;
  askAgain(): void;
}

export interface State {
  readonly groups: readonly Group[];
  readonly kept: number;
  readonly mayUndo: boolean;
  readonly isAway: boolean;
}

function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, ...content: (string | Node)[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}

function button(className: string, words: string, act: () => void): HTMLButtonElement {
  const made = element("button", className, words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** The buttons of one group: what it can be replaced with, and why it may stay. */
export function buttonsOf(group: Group, words: Words, choices: Choices): HTMLElement {
  const first = group.found[0];
  const offers = first ? [first.replacement, ...first.alternatives] : [];
  const row = element("div", "guard-choices");
  row.append(
    ...offers.map((offer, at) =>
      button(at === 0 ? "btn btn-sm btn-primary" : "btn btn-sm", at === 0 ? words.say("replace", { words: offer }) : `“${offer}”`, () => {
        choices.replace(group, offer);
      }),
    ),
  );
  const reasons = element("details", "guard-keep", element("summary", "btn btn-sm btn-ghost", words.say("keep")));
  reasons.append(
    element(
      "ul",
      "",
      ...words
        .say("reasons")
        .split("|")
        .map((reason) =>
          element(
            "li",
            "",
            button("link", reason, () => {
              choices.keep(group);
            }),
          ),
        ),
    ),
  );
  row.append(reasons);
  return row;
}

export class Panel {
  readonly root = element("section", "guard-panel");
  private readonly status = element("p", "font-semibold");
  private readonly body = element("div", "guard-body");

  constructor(
    private readonly words: Words,
    private readonly choices: Choices,
  ) {
    this.status.setAttribute("role", "status");
    this.status.tabIndex = -1;
    this.root.setAttribute("aria-label", words.say("heading"));
    this.root.append(this.status, this.body);
    this.root.hidden = true;
  }

  render({ groups, kept, mayUndo, isAway }: State): void {
    const count = groups.reduce((sum, { found }) => sum + found.length, 0);
    const isQuiet = count === 0 && kept === 0 && !mayUndo && !isAway;
    this.root.hidden = isQuiet;
    this.say(isQuiet ? "" : isAway ? this.words.say("away") : this.sentence(count));
    const hadFocus = this.body.contains(document.activeElement);
    this.body.replaceChildren();
    if (isQuiet || isAway) return;
    if (count > 0) this.body.append(element("ul", "guard-list", ...groups.map((group) => this.item(group))));
    this.body.append(this.tools(count, kept, mayUndo), element("p", "meta", this.words.say("note")));
    // What had the focus is gone: the next choice takes it, so that nobody begins anew at the top of the page.
    if (hadFocus) (this.body.querySelector<HTMLElement>("button") ?? this.status).focus({ preventScroll: true });
  }

  focus(): void {
    this.status.focus();
    this.root.scrollIntoView({ block: "nearest" });
  }

  private sentence(count: number): string {
    if (count === 0) return this.words.say("none");
    return `${this.words.say("heading")} ${count === 1 ? this.words.say("one") : this.words.say("many", { count })}.`;
  }

  private say(sentence: string): void {
    if (this.status.textContent !== sentence) this.status.textContent = sentence;
  }

  private item(group: Group): HTMLElement {
    const kind = this.words.kinds[group.found[0]?.kind ?? ""] ?? "";
    const line = element("p", "");
    for (const quote of group.quotes) line.append(element("q", "", quote), " ");
    line.append(`: ${kind}${group.found.length > 1 ? ` (${group.found.length})` : ""} `);
    let shown = 0;
    line.append(
      button("link", group.found.length > 1 ? this.words.say("next") : this.words.say("show"), () => {
        const one = group.found[shown % group.found.length];
        shown += 1;
        if (one) this.choices.show(one);
      }),
    );
    return element("li", group.found.some(({ blocks }) => blocks) ? "" : "guard-soft", line, buttonsOf(group, this.words, this.choices));
  }

  private tools(count: number, kept: number, mayUndo: boolean): HTMLElement {
    const row = element("div", "actions");
    if (count > 1) {
      row.append(
        button("btn btn-sm", this.words.say("everything"), () => {
          this.choices.replaceAll();
        }),
      );
    }
    if (mayUndo) {
      row.append(
        button("btn btn-sm btn-ghost", this.words.say("undo"), () => {
          this.choices.undo();
        }),
      );
    }
    if (kept > 0) {
      row.append(
        element("span", "meta", this.words.say("kept", { count: kept })),
        button("link", this.words.say("again"), () => {
          this.choices.askAgain();
        }),
      );
    }
    return row;
  }
}
