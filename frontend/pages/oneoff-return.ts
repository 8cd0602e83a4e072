// The way back from the wallet: takes packets and key out of the address, reads the draft of this tab, and posts both, as nobody.
//
// Where that fails, or the person turned back, the words are shown again; they are in this page and, encrypted, in the tab.
import { forgetSent } from "./lib/drafts/store";
import { type Draft, forgetDraft, readDraft } from "./lib/draft";
import { goToWallet, postAsNobody, problemOf, sayProblem, sentenceOf } from "./lib/oneoff";
import { Refused } from "./lib/passkey";

function takeFragment(): { proof: string; quota: string; state: string } {
  const values = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  return { proof: values.get("proof") ?? "", quota: values.get("quota") ?? "", state: values.get("state") ?? "" };
}

function showStep(page: HTMLElement, name: string): void {
  for (const step of page.querySelectorAll<HTMLElement>("[data-step]")) step.hidden = step.dataset["step"] !== name;
  page.querySelector<HTMLElement>(`[data-step=${name}] h1`)?.focus();
}

const oneLine: readonly string[] = ["title", "diagnosis"];
const SHOWN: readonly string[] = ["title", "story", "question", "diagnosis", "words", "body"];

function fieldFor(place: HTMLElement, name: string, value: string): HTMLElement {
  const label = document.createElement("label");
  label.className = "form-row";
  const caption = document.createElement("span");
  caption.className = "font-semibold";
  caption.textContent = place.dataset[`label${name.charAt(0).toUpperCase()}${name.slice(1)}`] ?? "";
  const control = document.createElement(oneLine.includes(name) ? "input" : "textarea");
  control.className = oneLine.includes(name) ? "input w-full" : "textarea w-full";
  control.dataset["field"] = name;
  control.required = name !== "diagnosis";
  control.value = value;
  if (control instanceof HTMLTextAreaElement) control.rows = 8;
  label.append(caption, control);
  return label;
}

/** The draft as it stands in the page now. */
function asShown(draft: Draft, place: HTMLElement): Draft {
  const controls = Array.from(place.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-field]"));
  const values = Object.fromEntries(controls.map((control) => [control.dataset["field"] ?? "", control.value]));
  return { ...draft, fields: { ...draft.fields, ...values } };
}

function showDraft(page: HTMLElement, draft: Draft, problem: string): void {
  const place = page.querySelector<HTMLElement>(".js-draft");
  if (!place) return;
  place.replaceChildren(...SHOWN.filter((name) => name in draft.fields).map((name) => fieldFor(place, name, draft.fields[name] ?? "")));
  showStep(page, "draft");
  sayProblem(page, problem);
}

function showDone(page: HTMLElement, act: string, next: string): void {
  for (const part of page.querySelectorAll<HTMLElement>("[data-done]")) part.hidden = !(part.dataset["done"] ?? "").split(" ").includes(act);
  const link = page.querySelector<HTMLAnchorElement>("[data-next]");
  if (link) link.href = next.startsWith("/") && !next.startsWith("//") ? next : "/";
  showStep(page, "done");
}

const mayRetry = (error: unknown): boolean => !(error instanceof Refused) || error.status === 429 || error.status >= 500;

async function handIn(page: HTMLElement, draft: Draft, packets: { proof: string; quota: string }): Promise<void> {
  showStep(page, "working");
  try {
    const { next = "/" } = await postAsNobody(page.dataset["finishUrl"] ?? "", { ticket: draft.ticket, draft: draft.text, ...packets });
    forgetDraft();
    if (draft.act === "post") await forgetSent().catch(() => undefined);
    showDone(page, draft.act, next);
  } catch (error) {
    showDraft(page, draft, sentenceOf(error, page.dataset));
    const again = page.querySelector<HTMLButtonElement>("[data-retry]");
    if (again) again.hidden = !mayRetry(error);
  }
}

function serveDraft(page: HTMLElement, draft: Draft, packets: { proof: string; quota: string }): void {
  const place = page.querySelector<HTMLElement>(".js-draft");
  page.querySelector("[data-retry]")?.addEventListener("click", () => void handIn(page, draft, packets));
  page.querySelector("[data-discard]")?.addEventListener("click", () => {
    forgetDraft();
    if (draft.act === "post") void forgetSent().catch(() => undefined);
    showStep(page, "nothing");
  });
  page.querySelector("button[data-go]")?.addEventListener("click", () => {
    if (!place) return;
    const controls = Array.from(place.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-field]"));
    const problem = problemOf(controls, page.dataset);
    sayProblem(page, problem ?? "");
    if (problem !== null) return;
    goToWallet(page.dataset["beginUrl"] ?? "", asShown(draft, place)).catch((error: unknown) => {
      sayProblem(page, sentenceOf(error, page.dataset));
    });
  });
}

async function start(page: HTMLElement): Promise<void> {
  const { state, ...packets } = takeFragment();
  const draft = state === "" ? null : await readDraft(state);
  if (draft === null) {
    showStep(page, "nothing");
    return;
  }
  serveDraft(page, draft, packets);
  if (packets.proof === "") showDraft(page, draft, "");
  else await handIn(page, draft, packets);
}

const page = document.querySelector<HTMLElement>("[data-return]");
if (page) void start(page);
