/** One conversation: opened with the member's key, kept up to date by asking now and then, written to. */
import { wordsOfPage } from "../guard/asking";
import { Guard } from "../guard/guard";
import { foundByRules } from "../guard/rules";
import { csrfTokenOf, postJson, Refused } from "../passkey";
import { LONGEST, LONGEST_REQUEST, seal } from "./box";
import { base64Of, go, listen, maybe, once, part, say, sentence } from "./dom";
import { fingerprint, type MessageKey, type Recipient } from "./key";
import { type Drawing, inWords, type Listed, redraw, Thread } from "./thread";
import { unlock } from "./unlock";

interface Data extends Listed {
  readonly own: Recipient;
  readonly other: Recipient;
  readonly pin: string;
  readonly compared: string;
  readonly version: string;
  /** Whether only a request's one short message may be written. */
  readonly short: boolean;
}

const POLL = 15_000;
const dataOf = (root: HTMLElement): Data => JSON.parse(root.dataset["content"] ?? "") as Data;

/** The keys: what to compare, whether it was, and whether the other has another key than before. Sending waits for the answer. */
function watchKeys(root: HTMLElement, data: Data, key: MessageKey, token: string): () => boolean {
  const changed = data.pin !== "" && data.pin !== key.pin(data.other);
  let blocked = changed;
  const notice = part(root, ".js-key-changed");
  notice.hidden = !changed;
  const alert = part(root, ".js-alert");
  const post = async (url: string | undefined, body: object): Promise<boolean> => {
    try {
      await postJson(url ?? "", body, token);
      return true;
    } catch (error) {
      say(alert, (error instanceof Refused && error.message) || sentence(root, "failed"));
      return false;
    }
  };
  listen(root, ".js-use-key", async () => {
    if (!(await post(root.dataset["pinUrl"], { pin: key.pin(data.other) }))) return;
    blocked = false;
    notice.hidden = true;
    maybe<HTMLTextAreaElement>(root, ".js-write textarea")?.focus();
  });
  const keys = part(root, ".js-keys");
  const compared = key.compared(data.other);
  const groups = fingerprint(key.recipient, data.other).map((group) => Object.assign(document.createElement("span"), { textContent: group }));
  part(keys, ".js-fingerprint").replaceChildren(...groups.flatMap((group) => [group, " "]));
  const mark = (done: boolean): void => {
    part(root, ".js-compared").hidden = !done;
    part(root, ".js-not-compared").hidden = done;
    const button = maybe(keys, ".js-compare");
    if (button) button.hidden = done;
  };
  mark(data.compared === compared);
  listen(keys, ".js-compare", async () => {
    if (await post(root.dataset["comparedUrl"], { compared })) mark(true);
  });
  keys.hidden = false;
  return () => blocked;
}

/** Asks for news while the page is looked at, and at once when it is looked at again. The server notes none of it. */
function poll(root: HTMLElement, ask: () => Promise<void>): void {
  const timer = window.setInterval(() => {
    if (!root.isConnected) window.clearInterval(timer);
    else if (!document.hidden) void ask();
  }, POLL);
  const look = (): void => {
    if (!root.isConnected) document.removeEventListener("visibilitychange", look);
    else if (!document.hidden) void ask();
  };
  document.addEventListener("visibilitychange", look);
}

function saveText(root: HTMLElement, thread: Thread): void {
  const lines = thread.all.map((item) => `${inWords(item.sealed.at)}\n${item.own ? sentence(root, "you") : sentence(root, "them")}: ${item.text ?? sentence(root, "unreadable")}\n`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\n")], { type: "text/plain;charset=utf-8" }));
  link.download = "conversation.txt";
  link.click();
  URL.revokeObjectURL(link.href);
}

async function show(root: HTMLElement, data: Data, key: MessageKey): Promise<void> {
  const token = csrfTokenOf(part<HTMLFormElement>(root, "form.js-token"));
  const [list, alert, back] = [part(root, ".js-thread"), part(root, ".js-alert"), part<HTMLButtonElement>(root, ".js-earlier")];
  const thread = new Thread(key);
  let version = data.version;
  const refresh = (): void => {
    redraw(list, thread, drawing);
    back.hidden = thread.cursor === "";
    part(root, ".js-empty").hidden = thread.all.length > 0;
  };
  const drawing: Drawing = {
    root,
    other: data.other,
    remove: async (id) => {
      try {
        await postJson((root.dataset["removeUrl"] ?? "").replace("0000000000000", id), {}, token);
        await thread.drop(id);
        refresh();
      } catch (error) {
        say(alert, (error instanceof Refused && error.message) || sentence(root, "failed"));
      }
    },
  };

  const askNews = async (): Promise<void> => {
    const address = root.dataset["newsUrl"] ?? "";
    if (address === "") return;
    const answer = await fetch(address, { headers: { Accept: "application/json", "If-None-Match": `"${version}"` }, cache: "no-store" }).catch(() => null);
    if (answer?.status !== 200) return;
    const news = (await answer.json()) as Data & { readonly opened: boolean };
    if (news.own !== data.own || news.other !== data.other || news.opened === data.short) {
      go(root, location.pathname); // a key changed, or the request was accepted: the page is another one now
      return;
    }
    version = answer.headers.get("ETag")?.replace(/^W\//, "").replaceAll('"', "") ?? version;
    await thread.renew(news);
    refresh();
  };

  const turnBack = async (): Promise<void> => {
    const answer = await fetch(`${root.dataset["earlierUrl"] ?? ""}?after=${encodeURIComponent(thread.cursor)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no earlier page");
    await thread.turnBack((await answer.json()) as Listed);
    refresh();
  };

  await thread.renew(data);
  refresh();
  list.parentElement?.setAttribute("aria-live", "polite"); // from here on what comes is read out, not what was there
  part(root, ".js-opened").hidden = false;
  const keyChanged = watchKeys(root, data, key, token);
  back.addEventListener("click", () => void once(back, () => turnBack().catch(() => { say(alert, sentence(root, "failed")); })));
  listen(root, ".js-save", async () => {
    while (thread.cursor !== "") await turnBack();
    saveText(root, thread);
  });
  write(root, data, key, { token, keyChanged, sent: askNews });
  if (data.version !== "") poll(root, askNews);
}

interface Writing {
  readonly token: string;
  readonly keyChanged: () => boolean;
  readonly sent: () => Promise<void>;
}

function write(root: HTMLElement, data: Data, key: MessageKey, { token, keyChanged, sent }: Writing): void {
  const form = maybe<HTMLFormElement>(root, ".js-write");
  if (form === null) return;
  const [area, button, alert, count] = [part<HTMLTextAreaElement>(form, "textarea"), part<HTMLButtonElement>(form, "button[type=submit]"), part(root, ".js-alert"), part(form, ".js-count")];
  const longest = data.short ? LONGEST_REQUEST : LONGEST;
  const length = (): number => Array.from(area.value.trim()).length;
  area.addEventListener("input", () => {
    count.textContent = length() > longest * 0.8 ? `${length()} / ${longest}` : "";
  });
  const words = wordsOfPage();
  const guard = words ? new Guard(form, words, ({ message = "" }) => Promise.resolve(foundByRules("message", message, words.replacements))) : null;
  const send = async (): Promise<void> => {
    if (keyChanged()) {
      say(alert, sentence(root, "firstDecide"));
      return;
    }
    if (length() === 0 || length() > longest) {
      say(alert, length() === 0 ? sentence(root, "emptyText") : sentence(root, "longText", { length: length(), longest }));
      area.focus();
      return;
    }
    const asked = (await guard?.before()) ?? "";
    say(alert, asked);
    if (asked !== "") return;
    try {
      const message = base64Of(await seal(key, data.other, area.value.trim()));
      const answer = await postJson(root.dataset["sendUrl"] ?? "", { message, from: key.recipient, to: data.other, pin: key.pin(data.other) }, token);
      area.value = "";
      area.dispatchEvent(new Event("input", { bubbles: true }));
      count.textContent = "";
      if (typeof answer["next"] === "string") go(root, answer["next"]);
      else if (data.short) go(root, location.pathname);
      else await sent();
    } catch (error) {
      say(alert, (error instanceof Refused && error.message) || sentence(root, "failed"));
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void once(button, send);
  });
  const hold = (event: BeforeUnloadEvent): void => {
    if (!root.isConnected) window.removeEventListener("beforeunload", hold);
    else if (area.value.trim() !== "") event.preventDefault();
  };
  window.addEventListener("beforeunload", hold);
}

export async function runConversation(root: HTMLElement): Promise<void> {
  const data = dataOf(root);
  const panel = maybe(root, ".js-unlock");
  if (panel === null || data.other === "") return; // the page says what is missing
  const key = await unlock(panel, data.own);
  if (root.isConnected) await show(root, data, key);
}
