/** The copy of a registrar's editions on the wallet's own host: fetched whole, the same for everyone, believed only when signed. */
import type { Registrar } from "./config";
import { download, downloadExactly, type Progress } from "./download";
import { isSignedBy, type Manifest, parseManifest, parsePointer, type Roll, usesOurCircuit } from "./edition";
import { WalletError } from "./errors";
import { hexHash } from "./format";
import { levelSizes, RollFile } from "./roll_file";

export interface Edition {
  readonly hash: string;
  readonly manifest: Manifest;
}

async function fetchEdition(registrar: Registrar, hash: string): Promise<Edition> {
  const path = `${registrar.rolls}editions/${hash}`;
  const [bytes, signature] = await Promise.all([download(`${path}.json`), download(`${path}.sig`)]);
  const bad = new WalletError("badEdition", registrar.host);
  if (hexHash(bytes) !== hash || !isSignedBy(registrar.publicKey, bytes, signature)) throw bad;
  const manifest = orFail(() => parseManifest(bytes), bad);
  if (manifest.registrar !== registrar.host) throw bad;
  return { hash, manifest };
}

function orFail<T>(parse: () => T, failure: WalletError): T {
  try {
    return parse();
  } catch {
    throw failure;
  }
}

export async function fetchLatest(registrar: Registrar): Promise<Edition> {
  const text = new TextDecoder().decode(await download(`${registrar.rolls}latest.json`));
  const bad = new WalletError("badEdition", registrar.host);
  const pointer = orFail(() => parsePointer(text), bad);
  const edition = await fetchEdition(registrar, pointer.edition);
  if (edition.manifest.number !== pointer.number) throw bad;
  if (!usesOurCircuit(edition.manifest)) throw new WalletError("otherCircuit", registrar.host);
  return edition;
}

/** The edition before this one, found through the chain; null for the first. */
export async function fetchPrevious(registrar: Registrar, edition: Edition): Promise<Edition | null> {
  const { previous, number } = edition.manifest;
  if (previous === null) return null;
  const found = await fetchEdition(registrar, previous);
  if (found.manifest.number !== number - 1) throw new WalletError("badEdition", registrar.host);
  return found;
}

export const rollNamed = (edition: Edition, name: string): Roll | undefined => edition.manifest.rolls.find((roll) => roll.name === name);

export async function fetchRollFile(registrar: Registrar, roll: Roll, progress: Progress): Promise<RollFile> {
  const path = `${registrar.rolls}files/${roll.file}.roll`;
  const length = 16 + 32 * levelSizes(roll.size).reduce((sum, size) => sum + size, 0);
  const bytes = await downloadExactly(path, { bytes: length, sha256: roll.file, failure: "badRollFile" }, progress);
  const bad = new WalletError("badRollFile", registrar.host);
  const file = orFail(() => RollFile.decode(bytes), bad);
  if (file.size !== roll.size || file.root !== roll.root) throw bad;
  return file;
}
