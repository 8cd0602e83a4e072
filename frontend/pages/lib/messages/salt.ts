/** The one salt of the community's PRF evaluations: SHA-256 of `curbside messages prf v1`. Its own file, as joining needs nothing else. */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Salt } from "../../../lib/prf";

export const MESSAGE_SALT: Salt = new Uint8Array(sha256(new TextEncoder().encode("curbside messages prf v1")));
