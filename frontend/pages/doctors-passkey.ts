// Sign-up, sign-in and further passkeys of the directory: every form with data-passkey on the page.
import { runPasskeyForms } from "./lib/passkey";

runPasskeyForms();
