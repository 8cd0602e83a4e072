// Guards what is being written: says how much room is left and what could tell who writes, asks before the page is left with words
// unsent, and sends once.
// Keeps nothing itself: a new case's draft is composer-drafts.ts's, and what is saved there may be left without a question.
import { watchTelltales } from "./lib/telltale_list";

let leaving = false;

function counterFor(area: HTMLTextAreaElement): HTMLElement {
  const present = area.form?.querySelector<HTMLElement>(".js-count");
  if (present && area.form?.querySelectorAll("textarea").length === 1) return present;
  const counter = document.createElement("p");
  counter.className = "meta js-count";
  counter.setAttribute("aria-live", "polite");
  area.after(counter);
  return counter;
}

function watchLength(area: HTMLTextAreaElement): void {
  const longest = Number(area.dataset.longest);
  const counter = counterFor(area);
  const show = (): void => {
    // Counted as the server counts: line ends as one, letters as code points.
    const length = Array.from(area.value.trim()).length;
    counter.textContent = length > longest * 0.8 ? `${String(length)} / ${String(longest)}` : "";
    counter.classList.toggle("field-error", length > longest);
  };
  area.addEventListener("input", show);
  show();
}

function isUnsent(form: HTMLFormElement): boolean {
  if (form.dataset["draft"] === "saved") return false;
  return Array.from(form.querySelectorAll<HTMLTextAreaElement>("textarea")).some((area) => area.value !== area.defaultValue && area.value.trim() !== "");
}

/** Where the form came back: a long one opens at what is to be mended or answered, folded or not. */
function beginAtProblem(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLElement>("[aria-invalid=true]") ?? form.querySelector<HTMLElement>("[data-guard-question] input");
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
}

const forms = Array.from(document.querySelectorAll<HTMLFormElement>("form.js-compose"));
for (const form of forms) {
  for (const area of form.querySelectorAll<HTMLTextAreaElement>("textarea[data-longest]")) watchLength(area);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    leaving = true;
  });
  beginAtProblem(form);
}
for (const area of document.querySelectorAll<HTMLTextAreaElement>("[data-oneoff-tools] textarea[data-longest]")) watchLength(area);
for (const part of document.querySelectorAll<HTMLElement>("[data-telltales]")) watchTelltales(part);
document.addEventListener("oneoff:leaving", () => {
  leaving = true;
});
document.addEventListener("oneoff:staying", () => {
  leaving = false;
});
for (const details of document.querySelectorAll<HTMLDetailsElement>("details.js-reply")) {
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector("textarea")?.focus();
  });
}
window.addEventListener("beforeunload", (event) => {
  if (!leaving && forms.some(isUnsent)) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  leaving = false;
  for (const form of forms) delete form.dataset.sent;
});
