/** What the wallet offers to someone who came by themselves. */
import { WalletError } from "./errors";
import { commitmentOf, wipe } from "./secret";
import { askAfterFailure, makeSecret, type Unlocked, unlockByPasskey, unlockByWords } from "./unlock";
import { ask, make, text } from "./view";
import { checked, common, home, made } from "./words";

/** The first and last eight digits in fours, as the directory shows them, to compare by eye. */
export function abbreviated(commitment: bigint): string {
  const digits = String(commitment).padStart(16, "0");
  return [digits.slice(0, 4), digits.slice(4, 8), "…", digits.slice(-8, -4), digits.slice(-4)].join(" ");
}

export const commitmentLine = (commitment: bigint): HTMLElement => make("p", { class: "lede hash" }, abbreviated(commitment));

async function showMade(unlocked: Unlocked | null): Promise<void> {
  if (unlocked === null) return;
  wipe(unlocked.secret);
  await ask(made.heading, [text(made.text)], [{ label: made.done, value: true }]);
}

async function showChecked(unlocked: Unlocked | null): Promise<void> {
  if (unlocked === null) return;
  const commitment = commitmentOf(unlocked.secret);
  wipe(unlocked.secret);
  await ask(checked.heading, [text(checked.text), commitmentLine(commitment)], [{ label: checked.done, value: true }]);
}

const ways = {
  make: async (): Promise<void> => showMade(await makeSecret()),
  passkey: async (): Promise<void> => showChecked(await unlockByPasskey()),
  words: async (): Promise<void> => showChecked(await unlockByWords()),
};

function chooseWay(): Promise<keyof typeof ways> {
  return ask<keyof typeof ways>(home.heading, [text(home.lede, "lede"), ...home.why.map((line) => text(line))], [
    { label: home.make, value: "make" },
    { label: home.checkPasskey, value: "passkey" },
    { label: home.checkWords, value: "words" },
  ]);
}

export async function homeFlow(): Promise<never> {
  for (;;) {
    const way = await chooseWay();
    try {
      await ways[way]();
    } catch (error) {
      if (!(error instanceof WalletError)) throw error;
      await askAfterFailure(error, [{ label: common.back, value: true }]);
    }
  }
}
