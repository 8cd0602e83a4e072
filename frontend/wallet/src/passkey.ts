/**
 * The wallet's own passkey, whose PRF gives the secret. Nothing of it is kept or sent: its id is found by the browser each time.
 * What the browser returns decides, never which browser it says it is.
 */
import { agreed, type AskAgain, evaluate, type Evaluation, evaluationOf, insistPasskeys, PASSKEY_TIMEOUT, PrfError, prfErrorOf, prfInput } from "../../lib/prf";
import { WalletError } from "./errors";
import { PRF_SALT, type Secret, secretFromPrf } from "./secret";

export type { AskAgain } from "../../lib/prf";

const randomBytes = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

function creationOptions(label: string, extensions: AuthenticationExtensionsClientInputs): PublicKeyCredentialCreationOptions {
  return {
    rp: { id: location.hostname, name: label },
    user: { id: randomBytes(32), name: label, displayName: label },
    challenge: randomBytes(32),
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none",
    timeout: PASSKEY_TIMEOUT,
    extensions,
  };
}

async function create(label: string, extensions: AuthenticationExtensionsClientInputs): Promise<Evaluation> {
  return evaluationOf(await navigator.credentials.create({ publicKey: creationOptions(label, extensions) }));
}

/**
 * Creates the passkey with the salt present already, as some systems fail on an empty request; where the system stumbles over the
 * PRF request, once more without it, as it may still answer to `get`.
 */
async function createWithOrWithoutPrf(label: string): Promise<Evaluation> {
  try {
    return await create(label, prfInput(PRF_SALT));
  } catch (error) {
    if (prfErrorOf(error).failure === "passkeyCancelled") throw error;
    return create(label, {});
  }
}

const secretOf = (first: Evaluation, askAgain: AskAgain): Promise<Secret> => agreed(first, PRF_SALT, askAgain, secretFromPrf);

async function translated(attempt: () => Promise<Secret>): Promise<Secret> {
  try {
    insistPasskeys();
    return await attempt();
  } catch (error) {
    throw error instanceof WalletError ? error : new WalletError(prfErrorOf(error).failure);
  }
}

export const secretOfNewPasskey = (label: string, askAgain: AskAgain): Promise<Secret> =>
  translated(async () => secretOf(await createWithOrWithoutPrf(label), askAgain));

export const secretOfKnownPasskey = (askAgain: AskAgain): Promise<Secret> =>
  translated(async () => {
    const first = await evaluate(PRF_SALT);
    if (first.output === null) throw new PrfError("passkeyNoSecret");
    return secretOf(first, askAgain);
  });
