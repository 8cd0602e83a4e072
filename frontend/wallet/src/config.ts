/** The wallet's configuration: the one community and the registrars it serves. Without it the wallet refuses to start. */
import { WalletError } from "./errors";
import { decodeBase64url, insist, insistObject, insistString, isHost } from "./format";

export interface Site {
  readonly host: string;
  readonly origin: string;
}

export interface Registrar extends Site {
  readonly publicKey: Uint8Array;
  /** Path on the wallet's own host below which the registrar's editions are copied, ending with a slash. */
  readonly rolls: string;
}

export interface Config {
  readonly community: Site;
  readonly registrars: readonly Registrar[];
}

function insistSite(host: unknown, origin: unknown): Site {
  insistString(host, "host");
  insistString(origin, "origin");
  insist(isHost(host), "host");
  const url = new URL(origin);
  insist(url.origin === origin && /^https?:$/.test(url.protocol) && url.hostname === host, `origin ${origin}`);
  return { host, origin };
}

function insistRegistrar(value: unknown): Registrar {
  insistObject(value, ["host", "origin", "public_key", "rolls"], "registrar");
  const { public_key: key, rolls } = value;
  insistString(key, "public_key");
  insistString(rolls, "rolls");
  insist(/^\/([A-Za-z0-9._-]+\/)+$/.test(rolls) && !rolls.includes(".."), "rolls");
  return { ...insistSite(value["host"], value["origin"]), publicKey: decodeBase64url(key, 32), rolls };
}

/** @throws where the text is not exactly a configuration. */
export function parseConfig(text: string): Config {
  const value: unknown = JSON.parse(text);
  insistObject(value, ["format", "community", "registrars"], "configuration");
  const { format, community, registrars } = value;
  insist(format === "curbside-wallet-1", "format");
  insistObject(community, ["host", "origin"], "community");
  insist(Array.isArray(registrars) && registrars.length > 0, "registrars");
  const parsed = registrars.map(insistRegistrar);
  insist(new Set(parsed.map(({ host }) => host)).size === parsed.length, "registrars twice");
  return { community: insistSite(community["host"], community["origin"]), registrars: parsed };
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch("config.json", { cache: "no-cache", credentials: "omit" }).catch(() => null);
  if (response === null) throw new WalletError("offline", "config.json");
  if (!response.ok) throw new WalletError("noConfig");
  try {
    return parseConfig(await response.text());
  } catch {
    throw new WalletError("badConfig");
  }
}

export function registrarOf(config: Config, host: string): Registrar {
  const registrar = config.registrars.find((candidate) => candidate.host === host);
  if (registrar === undefined) throw new WalletError("unknownRegistrar", host);
  return registrar;
}
