// Private messages. One script for all their pages, because the links between them change the page's main part only: the key that
// was opened stays in memory until the visit ends. Nothing is written to the browser's storage.
import { runConversation } from "./lib/messages/conversation";
import { runKeyPage } from "./lib/messages/key_page";
import { runReport } from "./lib/messages/report";
import { runRequests } from "./lib/messages/requests";

const pages: Readonly<Record<string, (root: HTMLElement) => Promise<void> | void>> = {
  conversation: runConversation,
  report: runReport,
  requests: runRequests,
  key: runKeyPage,
};

let first = true;

function run(): void {
  const root = document.querySelector<HTMLElement>("[data-messages]");
  if (root === null || root.dataset["running"] === "yes") return;
  root.dataset["running"] = "yes";
  if (!first) document.querySelector<HTMLElement>("main h1")?.focus();
  first = false;
  void pages[root.dataset["messages"] ?? ""]?.(root);
}

document.addEventListener("htmx:load", run);
document.addEventListener("htmx:historyRestore", run);
// The policy allows no style attributes, and htmx would copy those that extensions of the browser leave behind.
if (window.htmx) window.htmx.config.attributesToSettle = [];
// A refusal is a page too, and says why.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event instanceof CustomEvent) (event.detail as { shouldSwap: boolean }).shouldSwap = true;
});
run();
