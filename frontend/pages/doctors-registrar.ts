// Keys for the registrars' pages. j and k move through [data-row] links; the keys a, r, m, u and / go to a control and never
// decide by themselves: Enter on the button does. All of it works without this script, with Tab.

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function moveThroughRows(step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const current = rows.findIndex((row) => row === document.activeElement);
  const next = current < 0 ? 0 : Math.min(Math.max(current + step, 0), rows.length - 1);
  rows[next]?.focus();
}

function go(key: string): boolean {
  if (key === "j" || key === "k") {
    moveThroughRows(key === "j" ? 1 : -1);
    return true;
  }
  const selector = { r: "form[action$='/refuse/'] select", m: "form[action$='/ask/'] select" }[key] ?? `[data-key="${CSS.escape(key)}"]`;
  const target = document.querySelector<HTMLElement>(selector);
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
  if (target instanceof HTMLAnchorElement) target.click();
  return target !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.documentElement.dataset["keys"] === "off" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key.length === 1 && go(event.key)) event.preventDefault();
});
