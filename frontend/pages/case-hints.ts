// The composer's reminders: what readers of a case will miss, while one types; and the field that finds a condition for the list.
// Compares as cases/hints.py does. Nothing is sent but what is typed into the field for a condition.
import { combobox, type Option } from "./lib/combobox";
import { afterPress } from "./lib/press";

interface Topic {
  say: string;
  begin: string[];
  field: string;
}

interface Suggestion {
  code: string;
  label: string;
  through: string;
}

const leastWords = 20;

function foldedWords(text: string): string[] {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function valueOf(form: HTMLFormElement, field: string): string {
  const found = form.elements.namedItem(field);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement || found instanceof HTMLSelectElement ? found.value.trim() : "";
}

function watchMissing(form: HTMLFormElement, notice: HTMLElement): void {
  const list = notice.querySelector("ul");
  const table = JSON.parse(notice.dataset["hints"] ?? "{}") as Record<string, Topic[]>;
  const show = (): void => {
    const words = foldedWords(["title", "story", "question"].map((field) => valueOf(form, field)).join(" "));
    const topics = [...(table[""] ?? []), ...(table[valueOf(form, "specialty") || "-"] ?? [])];
    const missing = topics.filter(({ begin, field }) => !(field && valueOf(form, field)) && !words.some((word) => begin.some((start) => word.startsWith(start))));
    notice.hidden = missing.length === 0 || words.length < leastWords;
    list?.replaceChildren(
      ...missing.map(({ say }) => {
        const line = document.createElement("li");
        line.textContent = say;
        return line;
      }),
    );
  };
  // A change is told as one leaves a field, which is often by pressing something that stands below this notice.
  form.addEventListener("change", () => {
    afterPress(show);
  });
  show();
}

async function suggestions(address: string, typed: string, signal: AbortSignal): Promise<Option[]> {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: typed }).toString()}`, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) return [];
  const { conditions } = (await answer.json()) as { conditions: Suggestion[] };
  return conditions.map(({ code, label, through }) => ({ value: `${code} ${label}`, text: label, aside: through ? `${code} · ${through}` : code }));
}

function serveLines(part: HTMLElement): void {
  const input = part.querySelector("input");
  const lines = document.getElementById(part.dataset["conditionLines"] ?? "");
  const { conditions = "", none = "", one = "", many = "" } = part.dataset;
  if (!input || !(lines instanceof HTMLTextAreaElement)) return;
  part.hidden = false;
  combobox(input, (typed, signal) => suggestions(conditions, typed, signal), { none, one, many }, (option) => {
    lines.value = [...lines.value.split("\n").filter((line) => line.trim()), option.value].join("\n");
    lines.dispatchEvent(new Event("input", { bubbles: true }));
    input.value = "";
  });
}

for (const notice of document.querySelectorAll<HTMLElement>("[data-missing][data-hints]")) {
  if (notice.dataset["hints"] && notice.parentElement instanceof HTMLFormElement) watchMissing(notice.parentElement, notice);
}
for (const part of document.querySelectorAll<HTMLElement>("[data-condition-lines]")) serveLines(part);
