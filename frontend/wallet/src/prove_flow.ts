/** Proves to the community that one is on the rolls it asked for, and hands over the packets. */
import { type Config, type Registrar, registrarOf, type Site } from "./config";
import type { Roll } from "./edition";
import { WalletError } from "./errors";
import type { Badge } from "./format";
import { encodePacket, type Knock, messageOf, type ProveRequest, type RollProof, scopeOf, wayBack } from "./knock";
import { type Edition, fetchLatest, fetchPrevious, fetchRollFile, rollNamed } from "./mirror";
import type { SemaphoreProof, Statement } from "./proof";
import { proveInWorker } from "./proving";
import type { Place, RollFile } from "./roll_file";
import { commitmentOf, wipe } from "./secret";
import { askAfterFailure, type Unlocked, unlockByPasskey, unlockByWords } from "./unlock";
import { ask, list, make, Progress, section, show, text } from "./view";
import { common, prove as words, rollLabel } from "./words";

/** A badge asked for, with the roll that proves it. Without badges: the roll of everyone. */
interface Wanted {
  readonly registrar: Registrar;
  readonly edition: Edition;
  readonly roll: Roll;
  readonly everyone: Roll | undefined;
}

interface Found extends Wanted {
  readonly file: RollFile;
  readonly place: Place;
}

interface Newcomer extends Found {
  readonly newcomers: number;
}

const leave = (community: Site, request: ProveRequest): void => {
  location.replace(wayBack(community.origin, request, []));
};

async function chooseRegistrar(config: Config): Promise<Badge> {
  const [first, ...others] = config.registrars;
  if (first !== undefined && others.length === 0) return { registrar: first.host, roll: "everyone" };
  const choices = config.registrars.map(({ host }) => ({ label: host, value: host }));
  return { registrar: await ask(words.chooseHeading, [text(words.chooseText)], choices), roll: "everyone" };
}

async function lookUp(config: Config, knock: Knock): Promise<Wanted[]> {
  const badges = knock.badges.length > 0 ? knock.badges : [await chooseRegistrar(config)];
  show(common.working, text(words.loading));
  const hosts = [...new Set(badges.map(({ registrar }) => registrar))];
  const editions = new Map(await Promise.all(hosts.map(async (host) => [host, await fetchLatest(registrarOf(config, host))] as const)));
  return badges.map((badge) => wantedOf(registrarOf(config, badge.registrar), editions.get(badge.registrar), badge));
}

function wantedOf(registrar: Registrar, edition: Edition | undefined, badge: Badge): Wanted {
  const roll = edition === undefined ? undefined : rollNamed(edition, badge.roll);
  if (edition === undefined || roll === undefined) throw new WalletError("badgeNotPublished", rollLabel(badge.roll));
  return { registrar, edition, roll, everyone: rollNamed(edition, "everyone") };
}

function crowdLine({ roll, everyone }: Wanted): HTMLElement {
  const [size, rest] = roll.name === "everyone" || everyone === undefined ? words.everyone(roll.size) : words.crowd(roll.size, everyone.size);
  return make("p", { class: "crowd" }, make("strong", {}, size), rest);
}

function badgeItem(wanted: Wanted): HTMLElement {
  const { number, date } = wanted.edition.manifest;
  const source = make("p", { class: "meta" }, words.source(wanted.registrar.host, number, date));
  return make("li", {}, make("strong", {}, rollLabel(wanted.roll.name)), crowdLine(wanted), source);
}

function review(community: Site, { knock, quota }: ProveRequest, wanted: readonly Wanted[]): Promise<"passkey" | "words" | "leave"> {
  const shown = [make("ul", { class: "badge-list" }, ...wanted.map(badgeItem)), ...(wanted.length > 1 ? [text(words.narrowing, "notice")] : [])];
  const body = [
    text(words.lede(community.host, knock.purpose), "lede"),
    section(words.shown, ...shown),
    section(words.handed, list(words.handedItems(community.host, knock.purpose, wanted.length, quota?.epoch))),
    section(words.kept, list(words.keptItems(knock.purpose))),
  ];
  return ask<"passkey" | "words" | "leave">(words.heading, body, [
    { label: words.passkey, value: "passkey" },
    { label: words.words, value: "words" },
    { label: common.backTo(community.host), value: "leave" },
  ]);
}

/** Tells a wrong secret from a badge one does not have. */
async function failureFor(wanted: Wanted, unlocked: Unlocked, commitment: bigint, progress: Progress): Promise<WalletError> {
  const { everyone, registrar, roll } = wanted;
  if (everyone !== undefined && roll.name !== "everyone") {
    const file = await fetchRollFile(registrar, everyone, reporter(progress, words.roll(rollLabel("everyone"))));
    if (file.find(commitment) !== null) return new WalletError("notOnBadgeRoll", rollLabel(roll.name));
  }
  return new WalletError(unlocked.by === "passkey" ? "otherPasskey" : "notYetOnRoll", rollLabel(roll.name));
}

const reporter = (progress: Progress, label: string) => (done: number, total: number): void => {
  progress.report(label, done, total);
};

async function findOn(wanted: Wanted, unlocked: Unlocked, progress: Progress): Promise<Found> {
  const commitment = commitmentOf(unlocked.secret);
  const file = await fetchRollFile(wanted.registrar, wanted.roll, reporter(progress, words.roll(rollLabel(wanted.roll.name))));
  const place = file.find(commitment);
  if (place === null) throw await failureFor(wanted, unlocked, commitment, progress);
  return { ...wanted, file, place };
}

/** How many joined this roll together with this commitment, or null where an earlier edition held it already. */
async function newcomersWith(found: Found, commitment: bigint, progress: Progress): Promise<number | null> {
  const previous = await fetchPrevious(found.registrar, found.edition);
  const roll = previous === null ? undefined : rollNamed(previous, found.roll.name);
  if (roll === undefined) return found.file.size;
  if (roll.file === found.roll.file) return null;
  const file = await fetchRollFile(found.registrar, roll, reporter(progress, words.previous));
  return file.find(commitment) === null ? found.file.newSince(file) : null;
}

async function newcomersAmong(found: readonly Found[], commitment: bigint, progress: Progress): Promise<Newcomer[]> {
  const result: Newcomer[] = [];
  for (const one of found) {
    const newcomers = await newcomersWith(one, commitment, progress);
    if (newcomers !== null) result.push({ ...one, newcomers });
  }
  return result;
}

/** The first edition that holds someone gives away most about when they came. */
async function proveAnyway(community: Site, fresh: readonly Newcomer[]): Promise<boolean> {
  if (fresh.length === 0) return true;
  const lines = fresh.map(({ roll, edition, newcomers }) => text(words.waitText(rollLabel(roll.name), edition.manifest.number, newcomers, roll.size)));
  return ask(words.waitHeading, [...lines, text(words.waitWhy)], [
    { label: words.waitBack(community.host), value: false },
    { label: words.waitAnyway, value: true },
  ]);
}

function statementsOf(community: Site, knock: Knock, found: readonly Found[]): Statement[] {
  const [message, scope] = [messageOf(community.host, knock), scopeOf(community.host, knock)];
  return found.map(({ place, roll }) => ({ place, root: roll.root, message, scope }));
}

/** One packet for each knock, all made in one go. */
async function packetsFor(community: Site, knocks: readonly Knock[], found: readonly Found[], unlocked: Unlocked): Promise<string[]> {
  const statements = knocks.flatMap((knock) => statementsOf(community, knock, found));
  const progress = new Progress(words.workHeading, text(words.workText));
  const proofs = await proveInWorker(unlocked.secret, statements, (report) => {
    const label = report.kind === "loading" ? words.circuit : words.proving(report.number, report.count);
    progress.report(label, report.done, report.total);
  });
  return knocks.map((knock, number) => encodePacket(knock, rollProofs(found, proofs.slice(number * found.length))));
}

function rollProofs(found: readonly Found[], proofs: readonly SemaphoreProof[]): RollProof[] {
  return found.flatMap(({ registrar, edition, roll }, index) => {
    const proof = proofs[index];
    return proof === undefined ? [] : [{ registrar: registrar.host, edition: edition.hash, roll: roll.name, proof }];
  });
}

async function handOver(community: Site, request: ProveRequest, packets: readonly string[]): Promise<void> {
  const agreed = await ask(words.readyHeading, [text(words.readyText(community.host))], [
    { label: words.hand(community.host), value: true },
    { label: common.backTo(community.host), value: false },
  ]);
  location.replace(wayBack(community.origin, request, agreed ? packets : []));
}

async function proveWith(community: Site, request: ProveRequest, wanted: readonly Wanted[], unlocked: Unlocked): Promise<void> {
  const progress = new Progress(words.workHeading, text(words.workText));
  const found: Found[] = [];
  for (const one of wanted) found.push(await findOn(one, unlocked, progress));
  const fresh = await newcomersAmong(found, commitmentOf(unlocked.secret), progress);
  if (!(await proveAnyway(community, fresh))) {
    leave(community, request);
    return;
  }
  const { knock, quota } = request;
  await handOver(community, request, await packetsFor(community, quota === null ? [knock] : [knock, quota], found, unlocked));
}

/** One round; false where the person came back from typing words and is asked again. */
async function round(config: Config, request: ProveRequest): Promise<boolean> {
  const wanted = await lookUp(config, request.knock);
  const way = await review(config.community, request, wanted);
  if (way === "leave") {
    leave(config.community, request);
    return true;
  }
  const unlocked = await (way === "passkey" ? unlockByPasskey() : unlockByWords());
  if (unlocked === null) return false;
  try {
    await proveWith(config.community, request, wanted, unlocked);
    return true;
  } finally {
    wipe(unlocked.secret);
  }
}

export async function proveFlow(config: Config, request: ProveRequest): Promise<void> {
  for (let left = false; !left; ) {
    try {
      left = await round(config, request);
    } catch (error) {
      if (!(error instanceof WalletError)) throw error;
      left = await askAfterFailure(error, [
        { label: common.tryAgain, value: false },
        { label: common.backTo(config.community.host), value: true },
      ]);
      if (left) leave(config.community, request);
    }
  }
}
