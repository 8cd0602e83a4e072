// The words of a composer: taken out of its form, and put back.
import type { Values } from "./store";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isControl = (found: Element): found is Control =>
  found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement || found instanceof HTMLSelectElement;

const controlsOf = (form: HTMLFormElement): Control[] =>
  Array.from(form.elements)
    .filter(isControl)
    .filter(({ name, type }) => name !== "" && type !== "hidden" && type !== "file");

const isChoice = (control: Control): control is HTMLInputElement => control.type === "radio" || control.type === "checkbox";

/** Words: the day until which a poll is open, which every form begins with, is none. */
const isText = ({ type }: Control): boolean => type === "text" || type === "textarea";

export function valuesOf(form: HTMLFormElement): Values {
  const told = controlsOf(form).filter((control) => !isChoice(control) || control.checked);
  return Object.fromEntries(told.map(({ name, value }) => [name, value]));
}

export const isBlank = (form: HTMLFormElement): boolean => controlsOf(form).every((control) => !isText(control) || control.value.trim() === "");

/** Puts the words in, opens what is folded over them, and tells the page's other scripts. */
export function fill(form: HTMLFormElement, values: Values): void {
  for (const control of controlsOf(form)) {
    const value = values[control.name];
    if (value === undefined) continue;
    if (isChoice(control)) control.checked = control.value === value;
    else control.value = value;
    const folded = isText(control) && value !== "" ? control.closest("details") : null;
    if (folded) folded.open = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

export function empty(form: HTMLFormElement): void {
  const kept = valuesOf(form);
  const blank = controlsOf(form).filter(isText);
  fill(form, { ...kept, ...Object.fromEntries(blank.map(({ name }) => [name, ""])) });
}
