// Which comments this browser has shown, so that new ones can be marked. The server keeps no record of anyone's reading: ids are kept here
// alone, scrambled with a key of this browser's own, until one signs out or switches the marks off.
// eslint-disable-next-line no-restricted-globals -- ids alone, scrambled; nothing that anyone wrote
const store = localStorage;
const PLACE = "curbside-seen";
const MOST_THREADS = 300;
const MOST_COMMENTS = 400;
interface Seen {
  key: string;
  threads: Record<string, string[]>;
}

const encode = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const decode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export function forget(): void {
  store.removeItem(PLACE);
}

function read(): Seen {
  try {
    const kept = JSON.parse(store.getItem(PLACE) ?? "") as Partial<Seen>;
    if (typeof kept.key === "string" && typeof kept.threads === "object") return { key: kept.key, threads: kept.threads };
  } catch {
    // Nothing was kept yet, or somebody changed it: begin anew.
  }
  return { key: encode(crypto.getRandomValues(new Uint8Array(32))), threads: {} };
}

async function scrambler(seen: Seen): Promise<(id: string) => Promise<string>> {
  const key = await crypto.subtle.importKey("raw", decode(seen.key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (id) => encode(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(id))).slice(0, 9));
}

/** Which of these comments the browser has not shown before, none at a first visit; from now on it has shown them all. */
export async function unseen(thread: string, comments: readonly string[]): Promise<Set<string>> {
  const seen = read();
  const scramble = await scrambler(seen);
  const place = await scramble(thread);
  const before = seen.threads[place];
  const marks = await Promise.all(comments.map(scramble));
  const known = new Set(before);
  const fresh = before ? comments.filter((_comment, index) => !known.has(marks[index] ?? "")) : [];
  const kept = Object.entries(seen.threads).filter(([other]) => other !== place).slice(-(MOST_THREADS - 1));
  seen.threads = { ...Object.fromEntries(kept), [place]: [...new Set([...(before ?? []), ...marks])].slice(-MOST_COMMENTS) };
  store.setItem(PLACE, JSON.stringify(seen));
  return new Set(fresh);
}
