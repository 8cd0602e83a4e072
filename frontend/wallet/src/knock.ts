/** What the community asks for, what the proof commits to, and the packet that goes back (docs/wire-format.md, Proof). */
import { sha256 } from "@noble/hashes/sha2.js";
import { type Badge, badgeText, bytesToBigInt, canonicalJson, decodeBase64url, encodeBase64url, insist, isDate, parseBadge, utf8 } from "./format";
import type { SemaphoreProof } from "./proof";

export type Purpose = "member" | "case" | "quota";

export interface Knock {
  readonly purpose: Purpose;
  readonly object: string;
  readonly epoch: string;
  readonly challenge: string;
  readonly passkey: string;
  readonly badges: readonly Badge[];
}

export const MAX_BADGES = 8;

/** The values of a fragment's query with exactly these keys, each once. */
export function parseQuery(query: string, keys: readonly string[]): Record<string, string> {
  const pairs = query.split("&").map((pair) => {
    const [key = "", value, ...rest] = pair.split("=");
    insist(value !== undefined && rest.length === 0, "query");
    return [key, decodeURIComponent(value)] as const;
  });
  insist(pairs.map(([key]) => key).sort().join() === [...keys].sort().join(), "keys of the query");
  return Object.fromEntries(pairs);
}

function insistPurpose(purpose: string, object: string, epoch: string): asserts purpose is Purpose {
  if (purpose === "case") insist(/^[A-Za-z0-9_-]{1,64}$/.test(object), "object");
  else insist(object === "", "object");
  if (purpose === "quota") insist(isDate(epoch), "epoch");
  else insist(epoch === "", "epoch");
  insist(["member", "case", "quota"].includes(purpose), "purpose");
}

function parseBadges(text: string): Badge[] {
  const names = text === "" ? [] : text.split(",");
  insist(names.length <= MAX_BADGES, "badges");
  insist(names.slice(1).every((name, index) => (names[index] ?? "") < name), "order of badges");
  return names.map(parseBadge);
}

/** @throws for anything but a request of the wire format. No value can hold a line break, which would shift the lines that are hashed. */
export function parseKnock(query: string): Knock {
  const values = parseQuery(query, ["purpose", "object", "epoch", "challenge", "passkey", "badges"]);
  const { purpose = "", object = "", epoch = "", challenge = "", passkey = "", badges = "" } = values;
  insistPurpose(purpose, object, epoch);
  decodeBase64url(challenge, 32);
  if (passkey !== "-") decodeBase64url(passkey, 32);
  return { purpose, object, epoch, challenge, passkey, badges: parseBadges(badges) };
}

/** What the community asks of one visit. */
export interface ProveRequest {
  readonly knock: Knock;
  /** For a one-off post: the same challenge once more, to count it against its day. */
  readonly quota: Knock | null;
  /** Of the purpose `case`: the key of a draft, which goes back unread. Empty for the others. */
  readonly state: string;
}

/** @throws likewise. The purpose `case` carries two values more than the others. */
export function parseProveRequest(query: string): ProveRequest {
  const isExtra = (pair: string): boolean => /^(quota|state)=/.test(pair);
  const pairs = query.split("&");
  const knock = parseKnock(pairs.filter((pair) => !isExtra(pair)).join("&"));
  if (knock.purpose !== "case") {
    insist(!pairs.some(isExtra), "keys of the query");
    return { knock, quota: null, state: "" };
  }
  const { quota = "", state = "" } = parseQuery(pairs.filter(isExtra).join("&"), ["quota", "state"]);
  insist(knock.passkey === "-" && knock.badges.length === 0, "passkey or badges of a case");
  insist(quota === "" || isDate(quota), "quota");
  decodeBase64url(state, 32);
  return { knock, quota: quota === "" ? null : { ...knock, purpose: "quota", object: "", epoch: quota }, state };
}

const hashLines = (lines: readonly string[]): bigint => bytesToBigInt(sha256(utf8(lines.map((line) => `${line}\n`).join(""))));

export const scopeOf = (community: string, knock: Pick<Knock, "purpose" | "object" | "epoch">): bigint =>
  hashLines(["curbside scope v1", community, knock.purpose, knock.object, knock.epoch]);

export const messageOf = (community: string, knock: Knock): bigint =>
  hashLines([
    "curbside knock v1",
    community,
    knock.purpose,
    knock.object,
    knock.epoch,
    knock.challenge,
    knock.passkey,
    knock.badges.map(badgeText).join(","),
  ]);

export interface RollProof {
  readonly registrar: string;
  readonly edition: string;
  readonly roll: string;
  readonly proof: SemaphoreProof;
}

/** One packet: the proofs for one scope. */
export function encodePacket(knock: Knock, proofs: readonly RollProof[]): string {
  const { purpose, object, epoch } = knock;
  return encodeBase64url(utf8(canonicalJson({ format: "curbside-proof-1", purpose, object, epoch, proofs })));
}

/** Where the visit ends, with one packet for each knock; without packets where it ends without proof. */
export function wayBack(community: string, { knock, quota, state }: ProveRequest, packets: readonly string[]): string {
  if (knock.purpose === "case") return `${community}/oneoff/#proof=${packets[0] ?? ""}&quota=${quota === null ? "" : (packets[1] ?? "")}&state=${state}`;
  return packets[0] === undefined ? `${community}/` : `${community}/knock/#${packets[0]}`;
}
