// Marks comments that are new since this browser last showed the thread, and goes from one to the next; nothing on the page moves.
import { forget, unseen } from "./lib/seen.js";

const words = document.querySelector<HTMLTemplateElement>("#marks")?.dataset;
const comments = [...document.querySelectorAll<HTMLElement>("li[id^='comment-']")];

function goOn(fresh: HTMLElement[]): void {
  const now = fresh.findIndex((comment) => comment === document.activeElement);
  const next = fresh[(now + 1) % fresh.length];
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

async function mark(): Promise<void> {
  const ids = await unseen(location.pathname, comments.map((comment) => comment.id));
  const fresh = comments.filter((comment) => ids.has(comment.id) && !comment.querySelector(":scope > footer a[href$='/edit/'], :scope > p a[href$='/edit/']"));
  if (fresh.length === 0 || !words) return;
  for (const comment of fresh) {
    const badge = document.createElement("span");
    badge.className = "badge badge-info";
    badge.textContent = words["sayNew"] ?? "";
    comment.querySelector(":scope > header")?.append(badge);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-primary next-new";
  button.dataset["key"] = "n";
  button.textContent = (fresh.length === 1 ? words["sayOne"] : words["sayMany"])?.replace("{count}", String(fresh.length)) ?? "";
  button.addEventListener("click", () => {
    goOn(fresh);
  });
  document.body.append(button);
}

if (document.documentElement.dataset["marks"] === "off" || document.querySelector(".site-nav a[href^='/sign-in/']")) forget();
else if (comments.length > 0) void mark();
document.querySelector("form[action$='/sign-out/']")?.addEventListener("submit", forget);
export {};
