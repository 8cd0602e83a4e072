/** What a directory asks for when it wants the commitment, and the address it is handed over at. */
import type { Registrar } from "./config";
import { decodeBase64url, insist, isHost } from "./format";
import { parseQuery } from "./knock";

export interface CommitRequest {
  readonly registrar: string;
  readonly state: string;
}

/** @throws for anything but a request of the wire format. */
export function parseCommit(query: string): CommitRequest {
  const { registrar = "", state = "" } = parseQuery(query, ["registrar", "state"]);
  insist(isHost(registrar), "registrar");
  decodeBase64url(state, 16);
  return { registrar, state };
}

/** The origin is the configuration's, never one from the address. */
export const answerAddress = (registrar: Registrar, request: CommitRequest, commitment: bigint): string =>
  `${registrar.origin}/roll/commitment/#commitment=${commitment}&state=${request.state}`;
