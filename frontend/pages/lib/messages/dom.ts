/** Small pieces that the message pages share: looking up, showing, saying. */

export function part<T extends Element = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (found === null) throw new Error(`no ${selector} on this page`);
  return found;
}

export const maybe = <T extends Element = HTMLElement>(root: ParentNode, selector: string): T | null => root.querySelector<T>(selector);

/** A sentence of the page, with its {gaps} filled. Sentences stand in data attributes, where the server translated them. */
export function sentence(root: HTMLElement, key: string, gaps: Readonly<Record<string, string | number>> = {}): string {
  return Object.entries(gaps).reduce((text, [gap, value]) => text.replaceAll(`{${gap}}`, String(value)), root.dataset[key] ?? "");
}

export function say(alert: HTMLElement, text: string): void {
  alert.textContent = text;
  alert.hidden = text === "";
}

export function listen(root: ParentNode, selector: string, act: () => Promise<void> | void): void {
  maybe(root, selector)?.addEventListener("click", () => void act());
}

/** Turns a button off while something runs, so that it runs once. */
export async function once(button: HTMLButtonElement, act: () => Promise<void>): Promise<void> {
  if (button.disabled) return;
  button.disabled = true;
  try {
    await act();
  } finally {
    button.disabled = false;
  }
}

declare global {
  interface Window {
    htmx?: { readonly config: { attributesToSettle: string[] }; process(element: Element): void };
  }
}

/** Goes to another page of messages as its links do, so that the key in memory stays. */
export function go(root: HTMLElement, address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.hidden = true;
  root.append(link);
  window.htmx?.process(link);
  link.click();
}

export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
export const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
