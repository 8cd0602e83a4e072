// Sign-in and new passkeys of the community: every form with data-passkey on the page. New ones are asked for the PRF that message
// keys come from (lib/messages/key.ts), as some systems give it later only to passkeys that were asked when they were made.
import { MESSAGE_SALT } from "./lib/messages/salt";
import { runPasskeyForms } from "./lib/passkey";

runPasskeyForms(MESSAGE_SALT);
