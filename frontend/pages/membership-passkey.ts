// Sign-in and new passkeys of the community: every form with data-passkey on the page.
import { runPasskeyForms } from "./lib/passkey";

runPasskeyForms();
