// The number of unread notifications, live. It asks once a minute while the page is looked at; an unchanged number costs an answer without
// a body. Nothing is stored, here or there, about who asked or when.
const everySeconds = 60;
const place = document.querySelector<HTMLElement>("[data-notifications]");
let version = "";

async function ask(shown: HTMLElement): Promise<void> {
  if (document.hidden) return;
  const headers: Record<string, string> = version === "" ? {} : { "If-None-Match": version };
  const answer = await fetch(shown.dataset["notifications"] ?? "", { headers, redirect: "error" }).catch(() => null);
  if (answer?.status !== 200) return;
  version = answer.headers.get("ETag") ?? "";
  const { unread } = (await answer.json()) as { unread: number };
  shown.textContent = unread > 0 ? `(${String(unread)} ${shown.dataset["sayUnread"] ?? ""})` : "";
}

if (place !== null) {
  void ask(place);
  setInterval(() => void ask(place), everySeconds * 1000);
  document.addEventListener("visibilitychange", () => void ask(place));
}
export {};
