// A text field with a list of suggestions, after the ARIA pattern "editable combobox with list autocomplete": arrow keys choose,
// Enter takes, Escape closes; focus stays in the field. What the server answers is put in as text, never as markup.

export interface Option {
  /** What the field holds once this is taken. */
  value: string;
  text: string;
  /** Beside the text, smaller. */
  aside: string;
}

/** Read out when suggestions come; `%s` in `many` is their number. */
export interface Sentences {
  none: string;
  one: string;
  many: string;
}

export type Suggest = (typed: string, signal: AbortSignal) => Promise<Option[]>;

const leastLetters = 2;
const restMilliseconds = 80;
let made = 0;

function element(tag: string, classes: string, attributes: Record<string, string> = {}): HTMLElement {
  const fresh = document.createElement(tag);
  fresh.className = classes;
  for (const [attribute, value] of Object.entries(attributes)) fresh.setAttribute(attribute, value);
  return fresh;
}

class Combobox {
  private readonly list: HTMLElement;
  private readonly status: HTMLElement;
  private options: Option[] = [];
  private chosen = -1;
  private rest = 0;
  private asking: AbortController | undefined;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly suggest: Suggest,
    private readonly sentences: Sentences,
    private readonly taken: (option: Option) => void,
  ) {
    made += 1;
    const label = input.labels?.[0]?.textContent.trim() ?? "";
    this.list = element("ul", "combobox-list", { id: `combobox-${made}`, role: "listbox", "aria-label": label });
    this.list.hidden = true;
    this.status = element("p", "sr-only", { role: "status" });
    this.dress();
  }

  private dress(): void {
    const frame = element("div", "combobox");
    this.input.replaceWith(frame);
    frame.append(this.input, this.list, this.status);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [attribute, value] of Object.entries(attributes)) this.input.setAttribute(attribute, value);
    // The code is short, what one types to find it is not.
    this.input.removeAttribute("maxlength");
    this.input.addEventListener("input", () => {
      this.ask();
    });
    this.input.addEventListener("keydown", (event) => {
      this.pressed(event);
    });
    this.input.addEventListener("blur", () => {
      this.close();
    });
  }

  private ask(): void {
    window.clearTimeout(this.rest);
    this.asking?.abort();
    const typed = this.input.value.trim();
    if (typed.length < leastLetters) {
      this.close();
      return;
    }
    const asking = new AbortController();
    this.asking = asking;
    this.rest = window.setTimeout(() => {
      this.suggest(typed, asking.signal).then(
        (options) => {
          if (!asking.signal.aborted && document.activeElement === this.input) this.show(options);
        },
        () => {
          if (!asking.signal.aborted) this.close();
        },
      );
    }, restMilliseconds);
  }

  private show(options: Option[]): void {
    this.options = options;
    this.list.replaceChildren(...options.map((option, place) => this.row(option, place)));
    this.choose(-1);
    this.open(options.length > 0);
    const { none, one, many } = this.sentences;
    this.status.textContent = options.length === 0 ? none : options.length === 1 ? one : many.replace("%s", String(options.length));
  }

  private row(option: Option, place: number): HTMLElement {
    const row = element("li", "combobox-option", { id: `${this.list.id}-${place}`, role: "option", "aria-selected": "false" });
    const text = element("span", "");
    text.textContent = option.text;
    const aside = element("span", "meta");
    aside.textContent = option.aside;
    row.append(text, aside);
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus
    });
    row.addEventListener("click", () => {
      this.take(place);
    });
    return row;
  }

  private pressed(event: KeyboardEvent): void {
    const open = !this.list.hidden;
    if (event.key === "Escape" && open) this.close();
    else if (event.key === "Enter" && open && this.chosen >= 0) this.take(this.chosen);
    else if (event.key === "ArrowDown" && open) this.choose((this.chosen + 1) % this.options.length);
    else if (event.key === "ArrowUp" && open) this.choose((this.chosen <= 0 ? this.options.length : this.chosen) - 1);
    else return;
    event.preventDefault();
  }

  private choose(place: number): void {
    this.chosen = place;
    [...this.list.children].forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === place));
      if (at === place) row.scrollIntoView({ block: "nearest" });
    });
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.list.id}-${place}`);
  }

  private take(place: number): void {
    const option = this.options[place];
    if (!option) return;
    this.input.value = option.value;
    this.close();
    this.taken(option);
  }

  private open(open: boolean): void {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  private close(): void {
    window.clearTimeout(this.rest);
    this.asking?.abort();
    this.open(false);
    this.choose(-1);
  }
}

/** Makes the field a combobox; `taken` is told which suggestion was chosen, once its value stands in the field. */
export function combobox(input: HTMLInputElement, suggest: Suggest, sentences: Sentences, taken: (option: Option) => void = () => undefined): void {
  new Combobox(input, suggest, sentences, taken);
}
