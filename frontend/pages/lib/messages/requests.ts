/** Others' requests: their texts, once the key is open. */
import { open, Unreadable } from "./box";
import { bytesOf, maybe, sentence } from "./dom";
import type { MessageKey } from "./key";
import type { Sealed } from "./thread";
import { unlock } from "./unlock";

export async function textOf(key: MessageKey, sealed: Sealed): Promise<string | null> {
  try {
    const { text, own } = await open(key, bytesOf(sealed.age));
    return own ? null : text;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return null;
  }
}

export async function runRequests(root: HTMLElement): Promise<void> {
  const panel = maybe(root, ".js-unlock");
  if (panel === null) return;
  const key = await unlock(panel, root.dataset["own"] ?? "");
  const files = JSON.parse(root.dataset["content"] ?? "") as Sealed[];
  for (const sealed of files) {
    const place = maybe(root, `[data-request="${sealed.id}"]`);
    if (place) place.textContent = (await textOf(key, sealed)) ?? sentence(root, "unreadable");
  }
}
