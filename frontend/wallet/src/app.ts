/**
 * The wallet: a page without a server behind it. It holds the doctor's secret for the moments it is used, and must never let it, or a
 * sign of who uses it, leave the browser other than as a commitment or a proof that the doctor chose to hand over.
 */
import { type CommitRequest, parseCommit } from "./commit";
import { commitFlow } from "./commit_flow";
import { type Config, loadConfig } from "./config";
import { WalletError } from "./errors";
import { homeFlow } from "./home_flow";
import { parseProveRequest, type ProveRequest } from "./knock";
import { proveFlow } from "./prove_flow";
import { askAfterFailure } from "./unlock";
import { put } from "./view";
import { common, language, page } from "./words";

type Request = { kind: "home" } | { kind: "commit"; commit: CommitRequest } | { kind: "prove"; request: ProveRequest };

/** Reads the fragment once, and takes it out of address bar and history. */
function takeFragment(): string {
  const fragment = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  return fragment;
}

function parseRequest(fragment: string): Request {
  const [kind = "", query = "", ...rest] = fragment.split("?");
  try {
    if (fragment === "") return { kind: "home" };
    if (kind === "commit" && rest.length === 0) return { kind, commit: parseCommit(query) };
    if (kind === "prove" && rest.length === 0) return { kind, request: parseProveRequest(query) };
  } catch {
    // Whatever is wrong with it, it is the link that is wrong.
  }
  throw new WalletError("badRequest");
}

async function serve(config: Config, request: Request): Promise<void> {
  if (request.kind === "commit") await commitFlow(config, request.commit);
  else if (request.kind === "prove") await proveFlow(config, request.request);
  else await homeFlow();
}

/** A request that cannot be served leads to the start; anything else may work the next time. */
const isHopeless = ({ failure }: WalletError): boolean => failure === "badRequest" || failure === "unknownRegistrar";

async function start(fragment: string): Promise<void> {
  for (let asked = fragment; ; ) {
    try {
      const config = await loadConfig();
      await serve(config, parseRequest(asked));
      return;
    } catch (error) {
      if (!(error instanceof WalletError)) throw error;
      if (isHopeless(error)) asked = "";
      await askAfterFailure(error, [{ label: isHopeless(error) ? common.start : common.tryAgain, value: true }]);
    }
  }
}

const fragment = takeFragment();

document.documentElement.lang = language;
put("word", page.title);
put("who", page.who);

// Another request in the same tab starts over with an empty memory.
window.addEventListener("hashchange", () => {
  location.reload();
});

void start(fragment);
