/** Hands the commitment, and nothing else, to the directory that asked. */
import { answerAddress, type CommitRequest } from "./commit";
import { type Config, type Registrar, registrarOf } from "./config";
import { WalletError } from "./errors";
import { commitmentLine } from "./home_flow";
import { commitmentOf, wipe } from "./secret";
import { askAfterFailure, confirmWords, makeSecret, type Unlocked, unlockByPasskey, unlockByWords } from "./unlock";
import { ask, list, section, text } from "./view";
import { commit, common } from "./words";

const leave = (registrar: Registrar): void => {
  location.replace(`${registrar.origin}/`);
};

function chooseWay({ host }: Registrar): Promise<"make" | "passkey" | "words" | "leave"> {
  const body = [
    text(commit.lede(host), "lede"),
    section(commit.handed, list(commit.handedItems(host))),
    section(commit.kept, list(commit.keptItems)),
    text(commit.once, "meta"),
  ];
  return ask<"make" | "passkey" | "words" | "leave">(commit.heading, body, [
    { label: commit.make, value: "make" },
    { label: common.passkey, value: "passkey" },
    { label: common.words, value: "words" },
    { label: common.backTo(host), value: "leave" },
  ]);
}

/** A passkey may stop working, so its words are shown and asked back; words that were just typed are known to be at hand. */
async function unlockKnown(way: "passkey" | "words"): Promise<Unlocked | null> {
  if (way === "words") return unlockByWords();
  const unlocked = await unlockByPasskey();
  if (await confirmWords(unlocked.secret)) return unlocked;
  wipe(unlocked.secret);
  return null;
}

async function handOver(registrar: Registrar, request: CommitRequest, unlocked: Unlocked): Promise<boolean> {
  const commitment = commitmentOf(unlocked.secret);
  wipe(unlocked.secret);
  const agreed = await ask(commit.readyHeading, [text(commit.readyText), commitmentLine(commitment)], [
    { label: commit.hand(registrar.host), value: true },
    { label: common.back, value: false },
  ]);
  if (agreed) location.replace(answerAddress(registrar, request, commitment));
  return agreed;
}

/** One round from the question to the hand-over; true once the page is being left. */
async function round(registrar: Registrar, request: CommitRequest): Promise<boolean> {
  const way = await chooseWay(registrar);
  if (way === "leave") {
    leave(registrar);
    return true;
  }
  const unlocked = await (way === "make" ? makeSecret() : unlockKnown(way));
  return unlocked !== null && handOver(registrar, request, unlocked);
}

export async function commitFlow(config: Config, request: CommitRequest): Promise<void> {
  const registrar = registrarOf(config, request.registrar);
  for (let left = false; !left; ) {
    try {
      left = await round(registrar, request);
    } catch (error) {
      if (!(error instanceof WalletError)) throw error;
      await askAfterFailure(error, [{ label: common.back, value: true }]);
    }
  }
}
