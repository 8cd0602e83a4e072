// Fields for a condition: what is typed is completed to a code. Without this script one writes the code itself.
import { combobox, type Option } from "./lib/combobox";

interface Suggestion {
  code: string;
  label: string;
  through: string;
}

async function suggestions(address: string, typed: string, signal: AbortSignal): Promise<Option[]> {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: typed }).toString()}`, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) return [];
  const { conditions } = (await answer.json()) as { conditions: Suggestion[] };
  return conditions.map(({ code, label, through }) => ({ value: code, text: label, aside: through ? `${code} · ${through}` : code }));
}

for (const field of document.querySelectorAll<HTMLElement>("[data-conditions]")) {
  const input = field.querySelector("input");
  const { conditions = "", none = "", one = "", many = "" } = field.dataset;
  if (input) combobox(input, (typed, signal) => suggestions(conditions, typed, signal), { none, one, many });
}
