/** What can go wrong, each with a sentence of its own in words.ts. A secret is never part of an error. */

export type Failure =
  | "noConfig"
  | "badConfig"
  | "badRequest"
  | "unknownRegistrar"
  | "offline"
  | "missingFile"
  | "badEdition"
  | "otherCircuit"
  | "badRollFile"
  | "badCircuit"
  | "badgeNotPublished"
  | "passkeyCancelled"
  | "passkeyUnsupported"
  | "passkeyNoSecret"
  | "passkeyDisagrees"
  | "otherPasskey"
  | "notYetOnRoll"
  | "notOnBadgeRoll"
  | "memory"
  | "proverFailed";

export class WalletError extends Error {
  override readonly name = "WalletError";

  /** `detail` names what it is about (a host, a badge, a file); it is shown to the reader. */
  constructor(
    readonly failure: Failure,
    readonly detail = "",
  ) {
    super(detail === "" ? failure : `${failure}: ${detail}`);
  }
}
