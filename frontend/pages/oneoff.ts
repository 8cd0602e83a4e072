// Posting as nobody: the composer's choice "Under which name", and what the author of a one-off post can do under it.
//
// The words go from the page into the tab's storage, encrypted, and to the server only with the wallet's proof (lib/oneoff.ts).
import { goToWallet, problemOf, sayProblem, sentenceOf } from "./lib/oneoff";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

async function run(part: HTMLElement, button: HTMLButtonElement, controls: readonly Control[], go: () => Promise<void>): Promise<void> {
  const problem = problemOf(controls, part.dataset);
  sayProblem(part, problem ?? "");
  if (problem !== null) return;
  const asked = await guardOf(button);
  sayProblem(part, asked);
  if (asked !== "") return;
  button.disabled = true;
  try {
    document.dispatchEvent(new Event("oneoff:leaving"));
    await go();
  } catch (error) {
    document.dispatchEvent(new Event("oneoff:staying"));
    sayProblem(part, sentenceOf(error, part.dataset));
  } finally {
    button.disabled = false;
  }
}

/** What the guard says first (guard.ts): after the proof there is no page that could ask. Empty where nothing is open. */
async function guardOf(button: HTMLElement): Promise<string> {
  const waits: Promise<string>[] = [];
  button.dispatchEvent(new CustomEvent("guard:before", { bubbles: true, detail: waits }));
  return (await Promise.all(waits)).find((sentence) => sentence !== "") ?? "";
}

const needed = ["specialty", "language", "title", "story", "question"];

const poll = ["poll-question", "poll-options", "poll-choice", "poll-closes"];

function serveComposer(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[data-go]");
  const nobody = form.querySelector<HTMLInputElement>("input[name=under][value=nobody]");
  const fields = [...needed, "asks", "urgency", "age", "sex", "conditions", "medicines", "tests", "interests", "outcome_diagnosis", "outcome_words", ...poll];
  if (!button || !nobody) return;
  const isNobody = (): boolean => nobody.checked;
  const show = (): void => {
    for (const part of form.querySelectorAll<HTMLElement>("[data-under]")) part.hidden = part.dataset["under"] !== (isNobody() ? "nobody" : "pseudonym");
  };
  nobody.disabled = false;
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
  // In capture, before anything else sees it: the form itself would send the words with the session.
  form.addEventListener(
    "submit",
    (event) => {
      if (!isNobody()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      button.click();
    },
    true,
  );
  button.addEventListener("click", () => {
    const controls = fields.map((field) => form.elements.namedItem(field)).filter((found): found is Control => found instanceof Element);
    const values = Object.fromEntries(controls.map(({ name, value }) => [name, value]));
    const go = (): Promise<void> =>
      goToWallet(form.dataset["beginUrl"] ?? "", { act: "post", case: "", comment: "", fields: { ...values, kind: form.dataset["kind"] ?? "" } });
    for (const control of controls) control.required = needed.includes(control.name);
    void run(form, button, controls, go);
  });
}

function serveAuthor(tools: HTMLElement): void {
  const { beginUrl = "", case: caseId = "", kind = "" } = tools.dataset;
  for (const part of tools.querySelectorAll<HTMLElement>("[data-act]")) {
    const button = part.querySelector<HTMLButtonElement>("button[data-go]");
    if (!button) continue;
    button.disabled = false;
    button.addEventListener("click", () => {
      const controls = Array.from(part.querySelectorAll<Control>("[data-field]"));
      const values = Object.fromEntries(controls.map((control) => [control.dataset["field"] ?? "", control.value]));
      const { act = "", comment = "" } = part.dataset;
      void run(tools, button, controls, () => goToWallet(beginUrl, { act, case: caseId, comment, fields: { ...values, kind } }));
    });
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-oneoff]")) serveComposer(form);
for (const tools of document.querySelectorAll<HTMLElement>("[data-oneoff-tools]")) serveAuthor(tools);
