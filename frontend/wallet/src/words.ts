/** Every sentence the wallet shows, in the first of the browser's languages that it speaks. */
import { rollIn } from "./words/formats";
import { firstSpoken, sentencesIn } from "./words/languages";

export const language = firstSpoken(navigator.languages);

export const { page, common, home, checked, make, passkey, words, made, commit, prove, failures } = sentencesIn(language);

export const rollLabel = (roll: string): string => (roll === "everyone" ? page.everyone : rollIn(language, roll));
