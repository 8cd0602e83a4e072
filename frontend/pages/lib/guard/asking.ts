// Asks the site where something in a draft could tell who a patient is. The request carries no cookie and no referrer, so that nothing in
// it tells who writes; the site keeps neither the texts nor the answer.

/** A place in a field; `start` and `end` are indices of its value, `from` is where a replacement begins (a title goes with the name). */
export interface Found {
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly kind: string;
  readonly blocks: boolean;
  readonly replacement: string;
  readonly alternatives: readonly string[];
  readonly group: number;
  readonly token: string;
}

export interface Words {
  readonly url: string;
  readonly pass: string;
  readonly kinds: Readonly<Record<string, string>>;
  /** What may stand in place of each kind; only where the page checks by itself. */
  readonly replacements: Readonly<Record<string, readonly string[]>>;
  readonly say: (key: string, changes?: Readonly<Record<string, string | number>>) => string;
}

/** The sentences and the address that the page brings (guard/_head.html), if it does. */
export function wordsOfPage(): Words | null {
  const data = document.querySelector<HTMLTemplateElement>("template#guard")?.dataset;
  if (!data) return null;
  const say = (key: string, changes: Readonly<Record<string, string | number>> = {}): string => {
    const sentence = data[`say${key.charAt(0).toUpperCase()}${key.slice(1)}`] ?? "";
    return Object.entries(changes).reduce((text, [slot, value]) => text.replace(`{${slot}}`, String(value)), sentence);
  };
  return {
    url: data["url"] ?? "",
    pass: data["pass"] ?? "",
    kinds: JSON.parse(data["kinds"] ?? "{}") as Record<string, string>,
    replacements: JSON.parse(data["replacements"] ?? "{}") as Record<string, string[]>,
    say,
  };
}

export async function ask(words: Words, texts: Readonly<Record<string, string>>, language: string): Promise<Found[]> {
  const answer = await fetch(words.url, {
    method: "POST",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ texts, language, pass: words.pass }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { findings: Found[] }).findings;
}
