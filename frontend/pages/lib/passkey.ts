// Passkey ceremonies of both sites. Only listed fields of a credential are sent: extension results can hold a secret, and
// the authenticator's kind is nobody's business.
//
// A form with data-passkey="create" or "use" is run by `runPasskeyForms`. Its attributes:
//   data-options-url, data-finish-url    endpoints; the second is sent {passkey, ...the form's named fields} and answers {next}
//   data-cancelled, data-known, data-unsupported, data-failed    sentences shown in the form's [role=alert]
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { prfInput, type Salt } from "../../lib/prf";

export interface NewPasskey {
  id: string;
  rawId: string;
  type: string;
  response: { clientDataJSON: string; attestationObject: string };
}

export interface UsedPasskey {
  id: string;
  rawId: string;
  type: string;
  response: { clientDataJSON: string; authenticatorData: string; signature: string };
}

/** What the server refused, in its own words for the reader, and the status of its answer. */
export class Refused extends Error {
  constructor(
    sentence: string,
    readonly status: number,
  ) {
    super(sentence);
  }
}

/** With a salt, the passkey is asked for its PRF already now; where the system stumbles over that, it is made without. */
async function register(optionsJSON: PublicKeyCredentialCreationOptionsJSON, salt?: Salt): ReturnType<typeof startRegistration> {
  if (salt === undefined) return startRegistration({ optionsJSON });
  try {
    return await startRegistration({ optionsJSON: { ...optionsJSON, extensions: { ...optionsJSON.extensions, ...prfInput(salt) } } });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (["NotAllowedError", "AbortError", "InvalidStateError"].includes(name)) throw error;
    return startRegistration({ optionsJSON });
  }
}

export async function createPasskey(optionsJSON: PublicKeyCredentialCreationOptionsJSON, salt?: Salt): Promise<NewPasskey> {
  const { id, rawId, type, response } = await register(optionsJSON, salt);
  return { id, rawId, type, response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject } };
}

export async function usePasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON): Promise<UsedPasskey> {
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON });
  const { clientDataJSON, authenticatorData, signature } = response;
  return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature } };
}

/** Posts JSON to one of our endpoints; a refusal carries the server's sentence. */
export async function postJson(url: string, body: object, csrfToken: string): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken },
    body: JSON.stringify(body),
  });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
  const fields = isJson ? ((await answer.json()) as Record<string, unknown>) : {};
  if (!answer.ok) throw new Refused(typeof fields["error"] === "string" ? fields["error"] : "", answer.status);
  return fields;
}

/** Django's token from the form itself, because its cookie cannot be read by scripts. */
export function csrfTokenOf(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function sentenceFor(error: unknown, sentences: DOMStringMap): string {
  if (error instanceof Refused) return error.message || (sentences["failed"] ?? "");
  if (error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") return sentences["known"] ?? "";
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError") return sentences["cancelled"] ?? "";
  return sentences["failed"] ?? "";
}

function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.filter(([name]) => name !== "csrfmiddlewaretoken"));
}

async function runCeremony(form: HTMLFormElement, salt?: Salt): Promise<string> {
  const { optionsUrl = "", finishUrl = "" } = form.dataset;
  const token = csrfTokenOf(form);
  const options: unknown = await postJson(optionsUrl, {}, token);
  const passkey =
    form.dataset["passkey"] === "create"
      ? await createPasskey(options as PublicKeyCredentialCreationOptionsJSON, salt)
      : await usePasskey(options as PublicKeyCredentialRequestOptionsJSON);
  const { next } = await postJson(finishUrl, { ...fieldsOf(form), passkey }, token);
  return typeof next === "string" && next.startsWith("/") && !next.startsWith("//") ? next : "/";
}

async function submit(form: HTMLFormElement, button: HTMLButtonElement, salt?: Salt): Promise<void> {
  const alert = form.querySelector<HTMLElement>("[role=alert]");
  if (alert) alert.hidden = true;
  button.disabled = true;
  form.setAttribute("aria-busy", "true");
  try {
    window.location.assign(await runCeremony(form, salt));
  } catch (error) {
    if (alert) {
      alert.textContent = sentenceFor(error, form.dataset);
      alert.hidden = false;
    }
    button.disabled = false;
    form.removeAttribute("aria-busy");
    button.focus();
  }
}

/** Takes over every passkey form of the page; the button works only once it is taken over. `salt` as for `createPasskey`. */
export function runPasskeyForms(salt?: Salt): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
    const alert = form.querySelector<HTMLElement>("[role=alert]");
    if (!button) continue;
    if (!browserSupportsWebAuthn()) {
      if (alert) {
        alert.textContent = form.dataset["unsupported"] ?? "";
        alert.hidden = false;
      }
      continue;
    }
    button.disabled = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void submit(form, button, salt);
    });
  }
}
