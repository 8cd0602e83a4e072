// Ends drafts: what was sent, once the server said that it is posted; everything, before one signs out and after one left.
import { forgetAll, forgetSent } from "./lib/drafts/store";

const LONGEST = 1000;

const nothing = (): void => undefined;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ends-drafts]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const late = new Promise((resolve) => setTimeout(resolve, LONGEST));
    // Without a storage there are no drafts; and nobody is kept signed in by one that hangs.
    void Promise.race([forgetAll().catch(nothing), late]).then(() => {
      form.submit();
    });
  });
}
if (document.querySelector("[data-told=left]")) void forgetAll().catch(nothing);
if (document.querySelector("[data-told=posted]")) void forgetSent().catch(nothing);
