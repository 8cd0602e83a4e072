/** The page that makes a message key: from the passkey, or from 24 words that are shown and some of them asked back. */
import { csrfTokenOf, postJson, Refused } from "../passkey";
import { listen, once, part, say, sentence } from "./dom";
import { MessageKey, randomSeed, type Seed, wordsOfSeed } from "./key";
import { hold, newSeedOfPasskey, sentenceFor } from "./unlock";

const ASKED = 3;

/** Different positions of the words, in ascending order. */
function positions(count: number): number[] {
  const keys = crypto.getRandomValues(new Uint32Array(count));
  const shuffled = [...keys.keys()].sort((left, right) => (keys[left] ?? 0) - (keys[right] ?? 0));
  return shuffled.slice(0, ASKED).sort((left, right) => left - right);
}

export function runKeyPage(root: HTMLElement): void {
  const alert = part(root, "[role=alert]");
  const steps = [...root.querySelectorAll<HTMLElement>("[data-step]")];
  const token = csrfTokenOf(part<HTMLFormElement>(root, "form.js-token"));

  const show = (step: string): void => {
    say(alert, "");
    for (const each of steps) each.hidden = each.dataset["step"] !== step;
    const heading = steps.find((each) => !each.hidden)?.querySelector<HTMLElement>("h2");
    heading?.focus();
  };

  const keep = async (seed: Seed): Promise<void> => {
    const key = new MessageKey(seed);
    try {
      await postJson(root.dataset["keepUrl"] ?? "", { recipient: key.recipient }, token);
      hold(key);
      show("done");
    } catch (error) {
      say(alert, (error instanceof Refused && error.message) || sentence(root, "failed"));
    } finally {
      seed.fill(0);
    }
  };

  const askAgain = (): Promise<void> =>
    new Promise((resolve) => {
      show("again");
      part(root, ".js-again").addEventListener("click", () => { resolve(); }, { once: true });
    });

  const fromPasskey = async (): Promise<void> => {
    try {
      await keep(await newSeedOfPasskey(askAgain));
    } catch (error) {
      show("choose");
      say(alert, sentenceFor(root, error));
    }
  };

  const fromWords = (): void => {
    const seed = randomSeed();
    const words = wordsOfSeed(seed);
    part(root, ".js-word-list").replaceChildren(...words.map((word) => Object.assign(document.createElement("li"), { textContent: word })));
    const asked = positions(words.length);
    const form = part<HTMLFormElement>(root, ".js-quiz");
    const fields = [...form.querySelectorAll("input[type=text]")].filter((field) => field instanceof HTMLInputElement);
    asked.forEach((position, index) => {
      part(form, `label[for="word-${index}"]`).textContent = sentence(root, "wordLabel", { position: position + 1 });
    });
    form.onsubmit = (event) => {
      event.preventDefault();
      const wrong = asked.filter((position, index) => fields[index]?.value.trim().toLowerCase() !== words[position]);
      fields.forEach((field, index) => { field.setAttribute("aria-invalid", String(wrong.includes(asked[index] ?? -1))); });
      if (wrong.length > 0) {
        say(alert, sentence(root, "quizWrong", { positions: wrong.map((position) => position + 1).join(", ") }));
        fields[asked.indexOf(wrong[0] ?? -1)]?.focus();
        return;
      }
      form.reset();
      part(root, ".js-word-list").replaceChildren();
      void keep(seed);
    };
    show("words");
  };

  const button = part<HTMLButtonElement>(root, ".js-from-passkey");
  button.addEventListener("click", () => void once(button, fromPasskey));
  listen(root, ".js-from-words", fromWords);
  listen(root, ".js-written", () => { show("quiz"); });
  listen(root, ".js-show-again", () => { show("words"); });
  listen(root, ".js-replace", () => { show("choose"); });
  root.hidden = false;
}
