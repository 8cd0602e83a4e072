// Moderators' keys: j and k go through the queue, 1 to 3 choose what becomes of a post, 4 to 9 the sentence to its author. Nothing is
// sent before “Decide”.
const rows = [...document.querySelectorAll<HTMLElement>("[data-row] a")];
const actions = [...document.querySelectorAll<HTMLInputElement>("input[name=action]")];
const sentences = [...document.querySelectorAll<HTMLInputElement>("input[name=sentence]:not([value=''])")];

const writes = (target: EventTarget | null): boolean => {
  return target instanceof HTMLElement && target.matches("textarea, select, input:not([type=radio])");
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
  if (event.key === "j" || event.key === "k") {
    const here = rows.findIndex((row) => row === document.activeElement);
    const next = event.key === "j" ? here + 1 : Math.max(0, here - 1);
    rows[Math.min(next, rows.length - 1)]?.focus();
    return;
  }
  const chosen = [...actions, ...sentences][Number(event.key) - 1];
  if (chosen === undefined) return;
  chosen.checked = true;
  chosen.focus();
});
export {};
