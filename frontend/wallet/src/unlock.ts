/** Getting hold of the secret: a new one, or the known one by passkey or words. It leaves these functions only into memory. */
import { WalletError } from "./errors";
import { secretOfKnownPasskey, secretOfNewPasskey } from "./passkey";
import { randomSecret, type Secret, secretFromWords, wipe, WordsError, wordsOf } from "./secret";
import { ask, askForm, type Checked, type Field, make, PRIVATE_INPUT, show, text } from "./view";
import { common, failures, make as makeWords, passkey as passkeyWords, words as sentences } from "./words";

type Way = "passkey" | "words";

export interface Unlocked {
  readonly secret: Secret;
  readonly by: Way;
}

async function askAgain(): Promise<void> {
  await ask(passkeyWords.againHeading, [text(passkeyWords.againText)], [{ label: passkeyWords.again, value: true }]);
}

function showWaiting(): void {
  show(passkeyWords.waiting, text(passkeyWords.waitingText));
}

/** What went wrong, and the ways on. */
export function askAfterFailure<T>(error: WalletError, choices: readonly { label: string; value: T }[]): Promise<T> {
  const { heading, text: sentence } = failures[error.failure];
  return ask(heading, [make("p", { class: "notice-error", role: "alert" }, sentence(error.detail))], choices);
}

export async function unlockByPasskey(): Promise<Unlocked> {
  showWaiting();
  return { secret: await secretOfKnownPasskey(askAgain), by: "passkey" };
}

/** The secret behind the words that are typed; null on the way back. */
export async function unlockByWords(): Promise<Unlocked | null> {
  const control = make("textarea", { ...PRIVATE_INPUT, class: "textarea w-full hash", rows: "5" });
  const check = (): Checked<Unlocked | null> => {
    try {
      return { value: { secret: secretFromWords(control.value), by: "words" } };
    } catch (error) {
      if (!(error instanceof WordsError)) throw error;
      return { problem: sentences.problem(error.problem), wrong: [0] };
    }
  };
  const unlocked = await askForm(sentences.typeHeading, [text(sentences.typeText)], [{ label: sentences.typeLabel, control }], sentences.typeDone, check, [
    { label: common.back, value: null },
  ]);
  control.value = "";
  return unlocked;
}

/** Three different positions of the 24, in ascending order. */
function threePositions(): number[] {
  const keys = crypto.getRandomValues(new Uint32Array(24));
  const shuffled = [...keys.keys()].sort((left, right) => (keys[left] ?? 0) - (keys[right] ?? 0));
  return shuffled.slice(0, 3).sort((left, right) => left - right);
}

async function showWords(list: readonly string[]): Promise<boolean> {
  const items = list.map((word) => make("li", {}, word));
  const body = [text(sentences.lede, "lede"), text(sentences.advice), make("ol", { class: "word-list", "aria-label": sentences.list }, ...items)];
  return ask(sentences.heading, body, [
    { label: sentences.written, value: true },
    { label: common.back, value: false },
  ]);
}

async function quiz(list: readonly string[]): Promise<boolean> {
  const positions = threePositions();
  const fields: Field[] = positions.map((position) => ({
    label: sentences.quizLabel(position + 1),
    control: make("input", { ...PRIVATE_INPUT, type: "text", class: "input w-full hash" }),
  }));
  const check = (): Checked<boolean> => {
    const wrong = fields.flatMap(({ control }, index) => (control.value.trim().toLowerCase() === list[positions[index] ?? -1] ? [] : [index]));
    if (wrong.length === 0) return { value: true };
    return { problem: sentences.quizWrong(wrong.map((index) => (positions[index] ?? 0) + 1)), wrong };
  };
  return askForm(sentences.quizHeading, [text(sentences.quizText)], fields, sentences.check, check, [{ label: sentences.showAgain, value: false }]);
}

/** Shows the words until three of them were given back; false where the person went back instead. */
export async function confirmWords(secret: Secret): Promise<boolean> {
  const list = wordsOf(secret);
  for (;;) {
    if (!(await showWords(list))) return false;
    if (await quiz(list)) return true;
  }
}

async function newSecret(way: Way): Promise<Unlocked> {
  if (way === "words") return { secret: randomSecret(), by: "words" };
  showWaiting();
  const label = makeWords.passkeyName(new Date().toISOString().slice(0, 10));
  return { secret: await secretOfNewPasskey(label, askAgain), by: "passkey" };
}

async function chooseWay(): Promise<Way | "back"> {
  const body = [text(makeWords.lede, "lede"), text(makeWords.passkey), text(makeWords.deleting), text(makeWords.words)];
  return ask<Way | "back">(makeWords.heading, body, [
    { label: makeWords.choosePasskey, value: "passkey" },
    { label: makeWords.chooseWords, value: "words" },
    { label: common.back, value: "back" },
  ]);
}

async function makeUntilItWorks(first: Way | "back"): Promise<Unlocked | null> {
  for (let way: Way | "back" = first; way !== "back"; ) {
    try {
      return await newSecret(way);
    } catch (error) {
      if (!(error instanceof WalletError)) throw error;
      way = await askAfterFailure<Way | "back">(error, [
        { label: makeWords.chooseWords, value: "words" },
        { label: common.tryAgain, value: "passkey" },
        { label: common.back, value: "back" },
      ]);
    }
  }
  return null;
}

/** A new secret whose words were written down; null on the way back. */
export async function makeSecret(): Promise<Unlocked | null> {
  const made = await makeUntilItWorks(await chooseWay());
  if (made === null) return null;
  if (await confirmWords(made.secret)) return made;
  wipe(made.secret);
  return null;
}
