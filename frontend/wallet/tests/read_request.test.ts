import { describe, expect, test } from "vitest";
import { answerAddress, parseCommit } from "../src/commit";
import { parseConfig, registrarOf } from "../src/config";
import { encodeBase64url, utf8 } from "../src/format";
import { encodePacket, messageOf, parseKnock, parseProveRequest, scopeOf, wayBack } from "../src/knock";
import { inputHash } from "../src/proof";
import { knocks, proof20, registrar as made } from "./vectors";

const queryOf = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join("&");

describe("a knock", () => {
  test.each(knocks.examples)("for $purpose at $community commits to what the vectors say", (example) => {
    const { community, purpose, object, epoch, challenge, passkey, badges } = example;
    const knock = parseKnock(queryOf({ purpose, object, epoch, challenge, passkey, badges: badges.join() }));
    expect(String(scopeOf(community, knock))).toBe(example.scope);
    expect(String(messageOf(community, knock))).toBe(example.message);
    expect(String(inputHash(scopeOf(community, knock)))).toBe(example.scope_input);
    expect(String(inputHash(messageOf(community, knock)))).toBe(example.message_input);
  });

  test.each(Object.entries(made.cases))("that Python made, %s, commits to the same", (_, { terms, scope, message }) => {
    const { community = "", ...values } = terms;
    const knock = parseKnock(queryOf(values));
    expect(String(scopeOf(community, knock))).toBe(scope);
    expect(String(messageOf(community, knock))).toBe(message);
  });

  const member = { purpose: "member", object: "", epoch: "", challenge: encodeBase64url(new Uint8Array(32)), passkey: "-", badges: "" };
  const badge = "directory.example.org:gb";
  const refused: [string, string][] = [
    ["nothing", ""],
    ["a missing key", queryOf({ purpose: "member" })],
    ["an unknown key", queryOf({ ...member, community: "elsewhere.example.org" })],
    ["a key twice", `${queryOf(member)}&badges=`],
    ["another purpose", queryOf({ ...member, purpose: "vote" })],
    ["an object for a member", queryOf({ ...member, object: "x" })],
    ["an epoch for a member", queryOf({ ...member, epoch: "2026-11-23" })],
    ["a case without an object", queryOf({ ...member, purpose: "case" })],
    ["an object with a line break", queryOf({ ...member, purpose: "case", object: "x\nquota" })],
    ["a quota without a day", queryOf({ ...member, purpose: "quota" })],
    ["a quota for no day", queryOf({ ...member, purpose: "quota", epoch: "2026-13-01" })],
    ["a short challenge", queryOf({ ...member, challenge: encodeBase64url(new Uint8Array(31)) })],
    ["a padded challenge", queryOf({ ...member, challenge: `${member.challenge}=` })],
    ["a challenge with stray last bits", queryOf({ ...member, challenge: `${member.challenge.slice(0, -1)}B` })],
    ["a passkey that is no hash", queryOf({ ...member, passkey: "key" })],
    ["badges twice", queryOf({ ...member, badges: `${badge},${badge}` })],
    ["badges in another order", queryOf({ ...member, badges: `${badge}/b,${badge}/a` })],
    ["a badge with a port", queryOf({ ...member, badges: "directory.example.org:8001:gb" })],
    ["nine badges", queryOf({ ...member, badges: Array.from("abcdefghi", (letter) => `${badge}/${letter}`).join() })],
    ["broken percent signs", queryOf(member).replace("badges=", "badges=%")],
  ];

  test.each(refused)("is refused with %s", (_, query) => {
    expect(() => parseKnock(query)).toThrow();
  });

  test("is answered by a packet of the wire format", () => {
    const knock = parseKnock(queryOf(member));
    const proofs = [{ registrar: "directory.example.org", edition: "0".repeat(64), roll: "everyone", proof: proof20 }];
    const text = new TextDecoder().decode(Uint8Array.from(atob(encodePacket(knock, proofs).replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)));
    expect(JSON.parse(text)).toEqual({ format: "curbside-proof-1", purpose: "member", object: "", epoch: "", proofs });
  });
});

describe("a request for a one-off post", () => {
  const state = encodeBase64url(new Uint8Array(32).fill(7));
  const challenge = encodeBase64url(new Uint8Array(32));
  const asked = { purpose: "case", object: "4q9zt0w3hk2xm", epoch: "", challenge, passkey: "-", badges: "", quota: "2026-11-23", state };

  test("asks for two proofs under one challenge: for the case, and for the day", () => {
    const { knock, quota, state: key } = parseProveRequest(queryOf(asked));
    expect(knock).toEqual({ purpose: "case", object: "4q9zt0w3hk2xm", epoch: "", challenge, passkey: "-", badges: [] });
    expect(quota).toEqual({ ...knock, purpose: "quota", object: "", epoch: "2026-11-23" });
    expect(key).toBe(state);
    expect(scopeOf("community.example.org", knock)).not.toBe(quota === null ? 0n : scopeOf("community.example.org", quota));
  });

  test("to answer asks for one proof only", () => {
    expect(parseProveRequest(queryOf({ ...asked, quota: "" })).quota).toBeNull();
  });

  test("is answered at the community's one-off page, with the key of the draft", () => {
    const request = parseProveRequest(queryOf(asked));
    const origin = "https://community.example.org";
    expect(wayBack(origin, request, ["A", "B"])).toBe(`${origin}/oneoff/#proof=A&quota=B&state=${state}`);
    expect(wayBack(origin, request, [])).toBe(`${origin}/oneoff/#proof=&quota=&state=${state}`);
    expect(wayBack(origin, parseProveRequest(queryOf({ ...asked, quota: "" })), ["A"])).toBe(`${origin}/oneoff/#proof=A&quota=&state=${state}`);
  });

  test("of a member is answered as ever", () => {
    const member = parseProveRequest(queryOf({ purpose: "member", object: "", epoch: "", challenge, passkey: "-", badges: "" }));
    expect(member.quota).toBeNull();
    expect(wayBack("https://community.example.org", member, ["A"])).toBe("https://community.example.org/knock/#A");
    expect(wayBack("https://community.example.org", member, [])).toBe("https://community.example.org/");
  });

  const refused: [string, string][] = [
    ["no quota", queryOf(asked).replace("&quota=2026-11-23", "")],
    ["no state", queryOf({ ...asked, state: "" })],
    ["a short state", queryOf({ ...asked, state: encodeBase64url(new Uint8Array(31)) })],
    ["a state twice", `${queryOf(asked)}&state=${state}`],
    ["a quota for no day", queryOf({ ...asked, quota: "2026-13-01" })],
    ["a badge", queryOf({ ...asked, badges: "directory.example.org:gb" })],
    ["a passkey", queryOf({ ...asked, passkey: state })],
    ["a member's purpose", queryOf({ ...asked, purpose: "member", object: "" })],
  ];

  test.each(refused)("is refused with %s", (_, query) => {
    expect(() => parseProveRequest(query)).toThrow();
  });
});

const config = {
  format: "curbside-wallet-1",
  community: { host: "community.localhost", origin: "http://community.localhost:8003" },
  registrars: [
    { host: "directory.localhost", origin: "http://directory.localhost:8001", public_key: encodeBase64url(new Uint8Array(32)), rolls: "/rolls/directory.localhost/" },
  ],
};

describe("the configuration", () => {
  test("is read", () => {
    const read = parseConfig(JSON.stringify(config));
    expect(read.community.origin).toBe("http://community.localhost:8003");
    expect(registrarOf(read, "directory.localhost").publicKey).toHaveLength(32);
    expect(() => registrarOf(read, "elsewhere.example.org")).toThrow("unknownRegistrar");
  });

  const [registrar] = config.registrars;
  const refused: [string, unknown][] = [
    ["another format", { ...config, format: "curbside-wallet-2" }],
    ["no registrars", { ...config, registrars: [] }],
    ["a registrar twice", { ...config, registrars: [registrar, registrar] }],
    ["an origin on another host", { ...config, community: { host: "community.localhost", origin: "http://elsewhere.localhost" } }],
    ["an origin with a path", { ...config, community: { ...config.community, origin: "http://community.localhost:8003/" } }],
    ["an origin that is a script", { ...config, community: { ...config.community, origin: "javascript://community.localhost" } }],
    ["rolls elsewhere", { ...config, registrars: [{ ...registrar, rolls: "//elsewhere.localhost/" }] }],
    ["rolls above", { ...config, registrars: [{ ...registrar, rolls: "/rolls/../" }] }],
    ["a short key", { ...config, registrars: [{ ...registrar, public_key: "AAAA" }] }],
    ["an unknown key", { ...config, analytics: true }],
  ];

  test.each(refused)("is refused with %s", (_, value) => {
    expect(() => parseConfig(JSON.stringify(value))).toThrow();
  });
});

describe("a request for the commitment", () => {
  const state = encodeBase64url(utf8("0123456789abcdef"));

  test("is answered at the configured origin", () => {
    const read = parseConfig(JSON.stringify(config));
    const request = parseCommit(`registrar=directory.localhost&state=${state}`);
    expect(answerAddress(registrarOf(read, request.registrar), request, 42n)).toBe(
      `http://directory.localhost:8001/roll/commitment/#commitment=42&state=${state}`,
    );
  });

  test.each(["", "registrar=directory.localhost", `registrar=a/b&state=${state}`, `registrar=a&state=${state}x`, `registrar=a&state=${state}&x=1`])("%j is refused", (query) => {
    expect(() => parseCommit(query)).toThrow();
  });
});
