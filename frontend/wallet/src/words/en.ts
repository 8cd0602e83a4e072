/** The wallet's sentences in English. The other languages have the same keys, which the compiler checks. */
import type { Purpose } from "../knock";
import type { WordsProblem } from "../secret";
import type { Formats } from "./formats";

export function en({ number, date, enumeration }: Formats) {
  const purposes: Record<Purpose, string> = {
    member: "to let you in: a first time, for a new term, or after a lost passkey",
    case: "for one post without your pseudonym",
    quota: "to count today's posts without a pseudonym, so that nobody floods the others",
  };
  return {
    page: {
      title: "Wallet",
      who: "Your secret stays in this browser",
      everyone: "All verified doctors",
    },
    common: {
      back: "Back",
      tryAgain: "Try again",
      start: "To the wallet's start",
      passkey: "Use my passkey",
      words: "Use my words",
      backTo: (host: string): string => `Back to ${host}`,
      working: "One moment",
    },
    home: {
      heading: "Your wallet",
      lede: "Your secret is made and used on this page. It is sent to nobody, and no server keeps it.",
      why: [
        "The directory knows who you are. The community knows what you write. The wallet stands between them: it proves to the community that you are one of the verified doctors, without saying which.",
        "Most visits start on the other sites: the directory asks for your commitment, the community asks for a proof. Here you can make your secret beforehand, or check that you still have it.",
      ],
      make: "Make a secret",
      checkPasskey: "Check my passkey",
      checkWords: "Check my words",
    },
    checked: {
      heading: "Your secret works",
      text: "It gives the commitment below. The directory shows the same digits beside your licence once you have handed it over.",
      done: "Done",
    },
    make: {
      heading: "Make your secret",
      lede: "The secret is what makes you one of the verified doctors in the community, and the same member each time.",
      passkey: "With a passkey, this device (or the account that keeps your passkeys) makes the secret again whenever it is needed. You confirm it twice, so that both results can be compared.",
      deleting: "Deleting the passkey later deletes this way to your secret. The 24 words are shown in any case: they are the way back.",
      words: "Without a passkey, you type the 24 words each time.",
      choosePasskey: "Make it with a passkey",
      chooseWords: "Words only",
      passkeyName: (today: string): string => `Curbside wallet, ${today}`,
    },
    passkey: {
      waiting: "Waiting for your passkey",
      waitingText: "Your browser asks you to confirm, twice.",
      againHeading: "Once more, to compare",
      againText: "The secret is used only after the passkey gave the same result twice. The second time did not take place yet.",
      again: "Confirm once more",
    },
    words: {
      heading: "Write down these 24 words",
      lede: "These words are your secret. Whoever has them can be you in the community; without them and without the passkey, your membership cannot be opened again.",
      advice: "On paper, in this order. A photograph or a note in an account can be read by others.",
      list: "Your 24 words",
      written: "I have written them down",
      quizHeading: "Three words back",
      quizText: "Look at your paper and type these three.",
      quizLabel: (position: number): string => `Word ${position}`,
      quizWrong: (positions: readonly number[]): string =>
        positions.length === 1
          ? `Word ${positions.join()} is another one. Look at your paper again.`
          : `Words ${enumeration(positions.map(String))} are others. Look at your paper again.`,
      check: "Check",
      showAgain: "Show the words again",
      typeHeading: "Type your 24 words",
      typeText: "Capital letters, commas, numbers and line breaks do not matter. The order does.",
      typeLabel: "Your words",
      typeDone: "Use these words",
      problem: (problem: WordsProblem): string => {
        if (problem.kind === "unknown") return `Word ${problem.position}, “${problem.word}”, is not on the list of words. Is it spelled as you wrote it down?`;
        if (problem.kind === "count") return `These are ${problem.count} words; the secret has 24.`;
        return "All words are on the list, but together they are no secret: one is wrong or two changed places.";
      },
    },
    made: {
      heading: "Your secret is ready",
      text: "Nothing of it is kept on this page. When the directory asks for your commitment, come back here with your passkey or your words.",
      done: "Done",
    },
    commit: {
      heading: "Hand over your commitment",
      lede: (host: string): string => `${host} asks for the public half of your secret, to put it on its roll of verified doctors.`,
      handed: "What is handed over",
      handedItems: (host: string): string[] => [`Your commitment, a number. ${host} keeps it beside your licence, and publishes it on its rolls without your name.`],
      kept: "What is not",
      keptItems: ["The secret and its words.", "The passkey of this wallet.", "Anything that shows what you will write, or under which pseudonym."],
      once: "One licence has one commitment. Who already handed one over and lost the secret waits until the old membership's term has run out.",
      make: "Make a new secret",
      readyHeading: "Your commitment",
      readyText: "This number goes with you to the directory, in the address of the page that opens.",
      hand: (host: string): string => `Hand it to ${host}`,
    },
    prove: {
      heading: "Prove that you are verified",
      lede: (host: string, purpose: Purpose): string => `${host} asks for a proof, ${purposes[purpose]}.`,
      loading: "Looking up the latest edition of the rolls.",
      shown: "What you show",
      everyone: (size: number): [string, string] => [number(size), ` verified doctors, you among them`],
      crowd: (size: number, everyone: number): [string, string] => [number(size), ` of the ${number(everyone)} verified doctors`],
      source: (registrar: string, edition: number, iso: string): string => `Verified by ${registrar}, edition ${edition} of ${date(iso)}`,
      narrowing: "Shown together, badges narrow the crowd: only those who are on all of these rolls remain, and they may be far fewer than the smallest number above.",
      handed: "What is handed over",
      handedItems: (host: string, purpose: Purpose, badges: number, day?: string): string[] => [
        badges > 1 ? `${badges} proofs that you are on these rolls, one for each badge, not which entry is yours.` : "A proof that you are on this roll, not which entry is yours.",
        purpose === "case"
          ? `A number that stands for you in this one post at ${host}, and nowhere else (the nullifier). With it you can answer, edit and remove the post. It leads neither to your pseudonym nor to your commitment.`
          : `A number that stands for you at ${host} for this purpose and nowhere else (the nullifier). It cannot be turned back into your commitment.`,
        ...(day === undefined ? [] : [`A second number, for ${date(day)} only, that counts your posts without a pseudonym. ${host} keeps it until that day ends (UTC).`]),
      ],
      kept: "What is not",
      keptItems: (purpose: Purpose): string[] => [
        ...(purpose === "case" ? ["Your pseudonym: this wallet does not know it, and nothing handed over leads to it.", "What you wrote: it waits, encrypted, in this tab."] : []),
        "Your name, your licence and your commitment.",
        "The secret, its words and the passkey of this wallet.",
        "Anything to the directory: it does not learn that you proved.",
      ],
      chooseHeading: "Who verified you?",
      chooseText: "Choose the directory that holds your licence.",
      passkey: "Unlock with my passkey",
      words: "Unlock with my words",
      workHeading: "Making the proof",
      workText: "Everything happens on this device. It takes from some seconds to a minute; keep this page open.",
      roll: (label: string): string => `Fetching the whole roll: ${label}`,
      previous: "Comparing with the edition before",
      circuit: "Loading the circuit",
      proving: (current: number, all: number): string => (all > 1 ? `Proving, ${current} of ${all}` : "Proving"),
      waitHeading: "Better wait for the next edition",
      waitText: (label: string, edition: number, newcomers: number, size: number): string =>
        `Edition ${edition} is the first that has you on the roll “${label}”; ${number(newcomers)} of its ${number(size)} are new.`,
      waitWhy: "Someone who knows when you were verified, and sees a new member appear right after this edition, looks among its newcomers first. After the next edition you stand among more.",
      waitBack: (host: string): string => `Wait, back to ${host}`,
      waitAnyway: "Prove now anyway",
      readyHeading: "The proof is ready",
      readyText: (host: string): string => `It goes with you to ${host}, in the address of the page that opens.`,
      hand: (host: string): string => `Hand it to ${host}`,
    },
    failures: {
      noConfig: {
        heading: "This wallet is not set up",
        text: (): string => "Its config.json is missing, so it does not know which directory and which community it serves. Tell the operator; nothing was handed over.",
      },
      badConfig: {
        heading: "This wallet is not set up right",
        text: (): string => "Its config.json cannot be read as docs/wire-format.md describes it, and the wallet does not guess. Tell the operator; nothing was handed over.",
      },
      badRequest: {
        heading: "This link is incomplete",
        text: (): string => "What was asked for cannot be read: the address was cut, changed, or made for another version. Go back and start the step again.",
      },
      unknownRegistrar: {
        heading: "This wallet does not know who asks",
        text: (host: string): string => `${host} is not among the directories this wallet serves. Nothing was handed over. If you were sent here by someone, do not follow that link again.`,
      },
      offline: { heading: "A file did not arrive", text: (path: string): string => `${path} could not be fetched. Check the connection; nothing is lost.` },
      missingFile: { heading: "A file is missing here", text: (path: string): string => `The wallet's server does not have ${path}. Try again in a minute; if it stays so, tell the operator.` },
      badEdition: {
        heading: "This edition is not genuine",
        text: (host: string): string => `What this server gave as ${host}'s edition does not bear its signature, or says something else than it should. No proof is made from it. Tell the operator.`,
      },
      otherCircuit: {
        heading: "This wallet is out of date",
        text: (host: string): string => `The edition of ${host} is made for another version of the proof than this wallet has. Reload the page; if it stays so, tell the operator.`,
      },
      badRollFile: { heading: "A roll file is damaged", text: (): string => "What arrived is not the file that the signed edition names. Try again; if it stays so, tell the operator." },
      badCircuit: { heading: "A circuit file is damaged", text: (): string => "What arrived is not the file this wallet was built with, so it is not used. Try again; if it stays so, tell the operator." },
      badgeNotPublished: {
        heading: "This badge cannot be shown",
        text: (badge: string): string => `“${badge}” has no roll in the latest edition: too few doctors are on it, and you would stand out. Go back and choose without it.`,
      },
      passkeyCancelled: { heading: "The passkey was not used", text: (): string => "It was cancelled, ran out of time, or is not on this device. Nothing is lost. Your 24 words work too." },
      passkeyUnsupported: { heading: "No passkey here", text: (): string => "This browser or device cannot use a passkey for this page. Use your 24 words." },
      passkeyNoSecret: {
        heading: "This passkey gives no secret",
        text: (): string => "The passkey works, but browser and device do not pass on the value that the secret is made from. Use words instead; a passkey made just now can be deleted.",
      },
      passkeyDisagrees: {
        heading: "The passkey gave two different results",
        text: (): string => "Such a passkey cannot be relied on, so nothing was made from it. Use words instead.",
      },
      otherPasskey: {
        heading: "This passkey gives another secret: use your words",
        text: (label: string): string => `Its commitment is not on the roll “${label}”. Either the passkey is not the one you joined with, and your 24 words lead to the right secret; or your commitment is not in an edition yet, and the next one will have it.`,
      },
      notYetOnRoll: {
        heading: "Not in an edition yet",
        text: (label: string): string => `The commitment of these words is not on the roll “${label}”. After a verification it appears with one of the next editions; after a lapse of the licence it is gone. The directory shows where you stand.`,
      },
      notOnBadgeRoll: {
        heading: "This badge is not yours to show",
        text: (label: string): string => `You are verified, but not on the roll “${label}” in the latest edition. Go back and choose without it.`,
      },
      memory: { heading: "Not enough memory", text: (): string => "The browser ran out of memory while proving. Close other tabs and try again, or use another device with your words." },
      proverFailed: { heading: "The proof could not be made", text: (): string => "The browser stopped the computation. Try again, or use another device with your words." },
    },
  };
}

export type Sentences = ReturnType<typeof en>;
