/** The report of a message: its words, once the key is open, for the reporter to look at and bring. */
import { maybe, part, say, sentence } from "./dom";
import { textOf } from "./requests";
import type { Sealed } from "./thread";
import { unlock } from "./unlock";

export async function runReport(root: HTMLElement): Promise<void> {
  const [panel, quoted] = [maybe(root, ".js-unlock"), part<HTMLTextAreaElement>(root, "[name=quoted]")];
  if (panel === null || (root.dataset["own"] ?? "") === "" || quoted.value !== "") return; // what was typed before stays
  const key = await unlock(panel, root.dataset["own"] ?? "");
  const text = await textOf(key, JSON.parse(root.dataset["content"] ?? "") as Sealed);
  if (text === null) say(part(root, ".js-alert"), sentence(root, "unreadable"));
  else quoted.value ||= text;
}
