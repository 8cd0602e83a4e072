// Requests of one-off posts: without cookies, without a referrer, so that nothing in them tells who is signed in.
import { digestOf, type Draft, keepDraft, random, toBase64url } from "./draft";
import { Refused } from "./passkey";

/** What one of the two addresses answered; a refusal carries the server's sentence. */
export async function postAsNobody(url: string, body: object): Promise<Record<string, string>> {
  const answer = await fetch(url, {
    method: "POST",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
  const fields = isJson ? ((await answer.json()) as Record<string, string>) : {};
  if (!answer.ok) throw new Refused(fields["error"] ?? "", answer.status);
  return fields;
}

/** Asks for a ticket, encrypts the draft into the tab, and goes to the wallet. Only a digest of the words is sent. */
export async function goToWallet(beginUrl: string, draft: Pick<Draft, "act" | "case" | "comment" | "fields">): Promise<void> {
  const text = JSON.stringify({ ...draft.fields, salt: toBase64url(random(32)) });
  const { act, comment } = draft;
  const { ticket = "", wallet = "" } = await postAsNobody(beginUrl, { act, case: draft.case, comment, digest: await digestOf(text) });
  const state = await keepDraft({ ...draft, ticket, text });
  location.assign(`${wallet}&state=${state}`);
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The sentence for what is missing or too long, or null. */
export function problemOf(controls: readonly Control[], sentences: DOMStringMap): string | null {
  const empty = controls.find((control) => control.required && control.value.trim() === "");
  const long = controls.find((control) => Array.from(control.value.trim()).length > Number(control.dataset["longest"] ?? Infinity));
  (empty ?? long)?.focus();
  if (empty) return sentences["missing"] ?? "";
  return long ? (sentences["tooLong"] ?? "") : null;
}

/** Shows a sentence in the part's [data-problem], or hides it. */
export function sayProblem(part: HTMLElement, sentence: string): void {
  const alert = part.querySelector<HTMLElement>("[data-problem]");
  if (!alert) return;
  alert.textContent = sentence;
  alert.hidden = sentence === "";
}

export const sentenceOf = (error: unknown, sentences: DOMStringMap): string =>
  (error instanceof Refused ? error.message : "") || (sentences["failed"] ?? "");
