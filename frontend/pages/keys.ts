// Keys for whoever would rather not use a mouse. A control says its key in `data-key`; lists are walked with j and k. "?" opens the
// sheet that names them all. None acts while one types, and all are off with `data-keys="off"` on <html> (reading comfort).
const off = document.documentElement.dataset["keys"] === "off";
const sheet = document.querySelector<HTMLDialogElement>("#keys");
const rows = "main [data-row], main ol > li[id^='comment-'], main ul > li:has(h2 a)";

function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role=combobox]"));
}

function walk(step: number): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(rows)];
  const now = all.findIndex((row) => row.contains(document.activeElement) && !all.some((other) => other !== row && row.contains(other) && other.contains(document.activeElement)));
  const next = all[now < 0 ? 0 : Math.min(Math.max(now + step, 0), all.length - 1)];
  if (!next) return false;
  const link = next.matches("a, button") ? next : next.querySelector<HTMLElement>("h2 a");
  const target = link ?? next;
  if (!link) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

const usual: Readonly<Record<string, string>> = { c: "main #body-new, main a[href$='/cases/new/'], main a[href$='/lessons/new/']" };

function use(key: string): boolean {
  const control = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? (usual[key] ? document.querySelector<HTMLElement>(usual[key]) : null);
  if (!control) return false;
  control.focus();
  if (control.matches("input, textarea, select")) control.scrollIntoView({ block: "nearest" });
  else if (control.matches("a, .next-new")) control.click();
  return true;
}

function act(key: string): boolean {
  if (key === "?" && sheet) {
    if (!sheet.open) sheet.showModal();
    return true;
  }
  if (sheet?.open) return false;
  if (key === "j" || key === "k") return walk(key === "j" ? 1 : -1);
  return use(key);
}

document.addEventListener("keydown", (event) => {
  if (off || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.key.length !== 1 || writing(event.target)) return;
  if (act(event.key)) event.preventDefault();
});
for (const button of document.querySelectorAll<HTMLElement>("[data-show-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => sheet?.showModal());
}
for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    print();
  });
}
document.querySelector(".site-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
if ("serviceWorker" in navigator && document.documentElement.dataset["worker"]) {
  void navigator.serviceWorker.register(document.documentElement.dataset["worker"], { scope: "/" }).catch(() => undefined);
}
export {};
