/** Opening one's key: once a visit, by passkey or words; it stays in this page's memory and goes with the page. */
import { type AskAgain, agreed, evaluate, insistPasskeys, prfErrorOf, PrfError } from "../../../lib/prf";
import { WordsError } from "../../../lib/seed_words";
import { listen, maybe, once, part, say, sentence } from "./dom";
import { MESSAGE_SALT, MessageKey, type Recipient, type Seed, seedFromPrf, seedFromWords } from "./key";

let held: MessageKey | null = null;

/** The key that was opened on this page, if it is the one the member has. */
export const heldKey = (own: Recipient): MessageKey | null => (held?.recipient === own ? held : null);

export function hold(key: MessageKey): void {
  held = key;
}

/** Two evaluations that agree, for a key that nothing can be compared with yet. */
export async function newSeedOfPasskey(askAgain: AskAgain): Promise<Seed> {
  insistPasskeys();
  return agreed(await evaluate(MESSAGE_SALT), MESSAGE_SALT, askAgain, seedFromPrf);
}

/** One evaluation: the public key that the member has tells whether it was right. */
async function seedOfPasskey(): Promise<Seed> {
  insistPasskeys();
  const { output } = await evaluate(MESSAGE_SALT);
  if (output === null) throw new PrfError("passkeyNoSecret");
  try {
    return seedFromPrf(output);
  } finally {
    output.fill(0);
  }
}

export function sentenceFor(root: HTMLElement, error: unknown): string {
  if (error instanceof WordsError) {
    const { problem } = error;
    if (problem.kind === "unknown") return sentence(root, "wordsUnknown", { position: problem.position, word: problem.word });
    return problem.kind === "count" ? sentence(root, "wordsCount", { count: problem.count }) : sentence(root, "wordsWrong");
  }
  return sentence(root, prfErrorOf(error).failure);
}

/** Shows the panel and gives the key once it is open. Another key than the member's is refused with a sentence. */
export function unlock(panel: HTMLElement, own: Recipient): Promise<MessageKey> {
  const known = heldKey(own);
  if (known !== null) return Promise.resolve(known);
  panel.hidden = false;
  return new Promise((resolve) => {
    const alert = part(panel, "[role=alert]");
    const attempt = async (find: () => Promise<Seed>): Promise<void> => {
      say(alert, "");
      try {
        const key = new MessageKey(await find());
        if (key.recipient !== own) {
          say(alert, sentence(panel, "otherKey"));
          return;
        }
        hold(key);
        panel.hidden = true;
        resolve(key);
      } catch (error) {
        say(alert, sentenceFor(panel, error));
      }
    };
    const button = part<HTMLButtonElement>(panel, ".js-passkey");
    button.addEventListener("click", () => void once(button, () => attempt(seedOfPasskey)));
    listenForWords(panel, (typed) => attempt(() => Promise.resolve().then(() => seedFromWords(typed))));
  });
}

function listenForWords(panel: HTMLElement, use: (typed: string) => Promise<void>): void {
  const form = part<HTMLFormElement>(panel, ".js-words-form");
  const area = part<HTMLTextAreaElement>(form, "textarea");
  listen(panel, ".js-words", () => {
    form.hidden = false;
    maybe(panel, ".js-words")?.setAttribute("aria-expanded", "true");
    area.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void use(area.value).then(() => {
      if (panel.hidden) area.value = "";
    });
  });
}
