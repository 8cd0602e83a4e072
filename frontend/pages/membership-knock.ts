// The way back from the wallet: takes the packet out of the address, forgets it there and in the history, and posts it.
//
// The packet stays in this page's memory until it is accepted, so that a busy server costs no second proof.
import { csrfTokenOf, postJson, Refused, sentenceFor } from "./lib/passkey";

function takePacket(): string {
  const packet = window.location.hash.slice(1);
  window.history.replaceState(null, "", window.location.pathname);
  return packet;
}

function show(form: HTMLFormElement, selector: string, shown: boolean): void {
  const part = form.querySelector<HTMLElement>(selector);
  if (part) part.hidden = !shown;
}

function say(form: HTMLFormElement, sentence: string): void {
  const alert = form.querySelector<HTMLElement>("[role=alert]");
  if (!alert) return;
  alert.textContent = sentence;
  alert.hidden = sentence === "";
}

/** The same packet serves again only where it was not looked at: the server was busy, or not reached. */
const mayRetry = (error: unknown): boolean => !(error instanceof Refused) || error.status === 429 || error.status >= 500;

async function handIn(form: HTMLFormElement, packet: string): Promise<void> {
  say(form, "");
  show(form, "[data-progress]", true);
  show(form, "[data-again]", false);
  try {
    const { next } = await postJson(form.dataset["finishUrl"] ?? "", { packet }, csrfTokenOf(form));
    window.location.replace(typeof next === "string" && next.startsWith("/") && !next.startsWith("//") ? next : "/");
  } catch (error) {
    show(form, "[data-progress]", false);
    show(form, "[data-again]", true);
    show(form, "[data-again] button", mayRetry(error));
    say(form, sentenceFor(error, form.dataset));
  }
}

function start(form: HTMLFormElement, packet: string): void {
  if (packet === "") {
    show(form, "[data-progress]", false);
    show(form, "p[data-missing]", true);
    say(form, form.dataset["missing"] ?? "");
    return;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void handIn(form, packet);
  });
  void handIn(form, packet);
}

const packet = takePacket();
const form = document.querySelector<HTMLFormElement>("form[data-knock]");
if (form) start(form, packet);
