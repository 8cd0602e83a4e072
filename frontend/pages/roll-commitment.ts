/** Receives the wallet's answer: reads the fragment, removes it from address and history, and shows what it would hand in. */
const GROUP = 4;
const SHOWN = 8;

const fours = (digits: string): string => digits.match(new RegExp(`\\d{1,${GROUP}}`, "g"))?.join(" ") ?? "";

/** The first and last eight digits, the same that the wallet shows. */
const inGroups = (digits: string): string =>
  digits.length <= 2 * SHOWN ? fours(digits) : `${fours(digits.slice(0, SHOWN))} … ${fours(digits.slice(-SHOWN))}`;

const element = <Kind extends HTMLElement>(selector: string): Kind => {
  const found = document.querySelector<Kind>(selector);
  if (found === null) throw new Error(`the page lacks ${selector}`);
  return found;
};

/** The answer, once: afterwards neither the address bar nor the history holds it. */
function takeAnswer(): { commitment: string; state: string } | undefined {
  const parameters = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  const commitment = parameters.get("commitment") ?? "";
  const state = parameters.get("state") ?? "";
  return /^[1-9]\d{0,77}$/.test(commitment) && state !== "" ? { commitment, state } : undefined;
}

function show(part: HTMLElement): void {
  part.hidden = false;
  part.querySelector("h1")?.focus();
}

const answer = takeAnswer();
if (answer === undefined) {
  show(element("#nothing"));
} else {
  element<HTMLInputElement>("input[name=commitment]").value = answer.commitment;
  element<HTMLInputElement>("input[name=state]").value = answer.state;
  element("#digits").textContent = inGroups(answer.commitment);
  show(element("#handover"));
}

export {};
