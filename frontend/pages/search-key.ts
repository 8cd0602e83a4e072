// The key "/" goes to the search box, as long as one is not writing elsewhere.
const box = document.querySelector<HTMLInputElement>("#search-box");

function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

document.addEventListener("keydown", (event) => {
  if (!box || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || writing(event.target)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
export {};
