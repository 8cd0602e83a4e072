// Marks in the fields of a composer what could tell who a patient is, as one pauses, and offers a replacement for each.
// Nothing is kept: the texts go to the site's own guard without a cookie, and what one keeps is a list of tokens in the form.
import { ask, wordsOfPage } from "./lib/guard/asking";
import { Guard } from "./lib/guard/guard";

const words = wordsOfPage();
if (words) {
  const scopes = document.querySelectorAll<HTMLElement>("form.js-compose, [data-oneoff-tools] [data-act]");
  for (const scope of scopes) if (scope.querySelector("textarea")) new Guard(scope, words, (texts, language) => ask(words, texts, language));
}
