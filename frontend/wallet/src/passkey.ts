/**
 * The wallet's own passkey, whose PRF gives the secret. Nothing of it is kept or sent: its id is found by the browser each time.
 * What the browser returns decides, never which browser it says it is.
 */
import { WalletError } from "./errors";
import { PRF_SALT, type Secret, secretFromPrf } from "./secret";

interface Evaluation {
  readonly credential: BufferSource;
  /** null where the passkey gives no PRF. */
  readonly output: Uint8Array | null;
}

const TIMEOUT = 5 * 60 * 1000;

/** One salt for everyone and every evaluation, present at creation too, as some systems fail on an empty request. */
const PRF_INPUT = { prf: { eval: { first: PRF_SALT } } };

const randomBytes = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

/** A result of no bytes is no result. */
function outputOf(credential: PublicKeyCredential): Uint8Array | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  const bytes = first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer, first.byteOffset, first.byteLength);
  return bytes.length === 0 ? null : bytes;
}

const evaluationOf = (credential: Credential | null): Evaluation => {
  if (!(credential instanceof PublicKeyCredential)) throw new WalletError("passkeyCancelled");
  return { credential: credential.rawId, output: outputOf(credential) };
};

/** The system gives one error for "cancelled", "timed out" and "not allowed", so that a page cannot tell which passkeys exist. */
function failureOf(error: unknown): WalletError {
  if (error instanceof WalletError) return error;
  const name = error instanceof Error ? error.name : "";
  return new WalletError(name === "NotAllowedError" || name === "AbortError" ? "passkeyCancelled" : "passkeyUnsupported");
}

function insistPasskeys(): void {
  if (typeof PublicKeyCredential === "undefined") throw new WalletError("passkeyUnsupported");
}

function creationOptions(label: string, extensions: AuthenticationExtensionsClientInputs): PublicKeyCredentialCreationOptions {
  return {
    rp: { id: location.hostname, name: label },
    user: { id: randomBytes(32), name: label, displayName: label },
    challenge: randomBytes(32),
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none",
    timeout: TIMEOUT,
    extensions,
  };
}

async function create(label: string, extensions: AuthenticationExtensionsClientInputs): Promise<Evaluation> {
  return evaluationOf(await navigator.credentials.create({ publicKey: creationOptions(label, extensions) }));
}

/** Creates the passkey; where the system stumbles over the PRF request, once more without it, as it may still answer to `get`. */
async function createWithOrWithoutPrf(label: string): Promise<Evaluation> {
  try {
    return await create(label, PRF_INPUT);
  } catch (error) {
    if (failureOf(error).failure === "passkeyCancelled") throw error;
    return create(label, {});
  }
}

/** Evaluates the PRF of this passkey, or of one the person chooses. */
async function evaluate(credential?: BufferSource): Promise<Evaluation> {
  const allowCredentials: PublicKeyCredentialDescriptor[] = credential === undefined ? [] : [{ type: "public-key", id: credential }];
  const publicKey = { rpId: location.hostname, challenge: randomBytes(32), allowCredentials, userVerification: "required", timeout: TIMEOUT, extensions: PRF_INPUT } as const;
  return evaluationOf(await navigator.credentials.get({ publicKey }));
}

const equal = (left: Uint8Array, right: Uint8Array): boolean => left.length === right.length && left.every((byte, index) => byte === right[index]);

/** Asks before a further prompt where the browser wants a fresh press of a button for it. */
export type AskAgain = () => Promise<void>;

async function evaluateAgain(credential: BufferSource, askAgain: AskAgain): Promise<Uint8Array> {
  const again = await evaluate(credential).catch(async () => {
    await askAgain();
    return evaluate(credential);
  });
  if (again.output === null) throw new WalletError("passkeyNoSecret");
  return again.output;
}

/** The secret, once two evaluations in a row agree: wrong PRF values were seen in the field. */
async function secretOf(first: Evaluation, askAgain: AskAgain): Promise<Secret> {
  const output = first.output ?? (await evaluateAgain(first.credential, askAgain));
  const repeated = await evaluateAgain(first.credential, askAgain);
  try {
    if (!equal(output, repeated)) throw new WalletError("passkeyDisagrees");
    return secretFromPrf(output);
  } finally {
    output.fill(0);
    repeated.fill(0);
  }
}

async function translated(attempt: () => Promise<Secret>): Promise<Secret> {
  insistPasskeys();
  try {
    return await attempt();
  } catch (error) {
    throw failureOf(error);
  }
}

export const secretOfNewPasskey = (label: string, askAgain: AskAgain): Promise<Secret> =>
  translated(async () => secretOf(await createWithOrWithoutPrf(label), askAgain));

export const secretOfKnownPasskey = (askAgain: AskAgain): Promise<Secret> =>
  translated(async () => {
    const first = await evaluate();
    if (first.output === null) throw new WalletError("passkeyNoSecret");
    return secretOf(first, askAgain);
  });
