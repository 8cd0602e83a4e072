/**
 * Evaluating a passkey's PRF: the wallet's and the community's. What the browser returns decides, never which browser it says it is.
 * The output never leaves memory.
 */

export type PrfFailure = "passkeyCancelled" | "passkeyUnsupported" | "passkeyNoSecret" | "passkeyDisagrees";

export class PrfError extends Error {
  override readonly name = "PrfError";
  constructor(readonly failure: PrfFailure) {
    super(failure);
  }
}

export interface Evaluation {
  readonly credential: BufferSource;
  /** null where the passkey gives no PRF. */
  readonly output: Uint8Array | null;
}

const TIMEOUT = 5 * 60 * 1000;

/** One salt for everyone and every evaluation. */
export type Salt = Uint8Array<ArrayBuffer>;

export const prfInput = (salt: Salt): AuthenticationExtensionsClientInputs => ({ prf: { eval: { first: salt } } });

/** A result of no bytes is no result. */
function outputOf(credential: PublicKeyCredential): Uint8Array | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  const bytes = first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
  return bytes.length === 0 ? null : bytes;
}

export const evaluationOf = (credential: Credential | null): Evaluation => {
  if (!(credential instanceof PublicKeyCredential)) throw new PrfError("passkeyCancelled");
  return { credential: credential.rawId, output: outputOf(credential) };
};

/** The system gives one error for "cancelled", "timed out" and "not allowed", so that a page cannot tell which passkeys exist. */
export function prfErrorOf(error: unknown): PrfError {
  if (error instanceof PrfError) return error;
  const name = error instanceof Error ? error.name : "";
  return new PrfError(name === "NotAllowedError" || name === "AbortError" ? "passkeyCancelled" : "passkeyUnsupported");
}

export function insistPasskeys(): void {
  if (typeof PublicKeyCredential === "undefined") throw new PrfError("passkeyUnsupported");
}

/** Evaluates the PRF of this passkey, or of one the person chooses. */
export async function evaluate(salt: Salt, credential?: BufferSource): Promise<Evaluation> {
  const allowCredentials: PublicKeyCredentialDescriptor[] = credential === undefined ? [] : [{ type: "public-key", id: credential }];
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const extensions = prfInput(salt);
  const publicKey = { rpId: location.hostname, challenge, allowCredentials, userVerification: "required", timeout: TIMEOUT, extensions } as const;
  return evaluationOf(await navigator.credentials.get({ publicKey }));
}

const equal = (left: Uint8Array, right: Uint8Array): boolean => left.length === right.length && left.every((byte, index) => byte === right[index]);

/** Asks before a further prompt where the browser wants a fresh press of a button for it. */
export type AskAgain = () => Promise<void>;

async function evaluateAgain(salt: Salt, credential: BufferSource, askAgain: AskAgain): Promise<Uint8Array> {
  const again = await evaluate(salt, credential).catch(async () => {
    await askAgain();
    return evaluate(salt, credential);
  });
  if (again.output === null) throw new PrfError("passkeyNoSecret");
  return again.output;
}

/** What `derive` makes of the output, once two evaluations in a row agree: wrong PRF values were seen in the field. */
export async function agreed<T>(first: Evaluation, salt: Salt, askAgain: AskAgain, derive: (output: Uint8Array) => T): Promise<T> {
  const output = first.output ?? (await evaluateAgain(salt, first.credential, askAgain));
  const repeated = await evaluateAgain(salt, first.credential, askAgain);
  try {
    if (!equal(output, repeated)) throw new PrfError("passkeyDisagrees");
    return derive(output);
  } finally {
    output.fill(0);
    repeated.fill(0);
  }
}

export { TIMEOUT as PASSKEY_TIMEOUT };
