// Whether something on the page is being pressed: what changes its heights waits until then, or the press would end beside what it was meant for.

let isPressed = false;
let waiting: (() => void)[] = [];

function release(): void {
  // The click comes right after: it must find the page as it was.
  window.setTimeout(() => {
    isPressed = false;
    const due = waiting;
    waiting = [];
    for (const act of due) act();
  });
}

document.addEventListener(
  "pointerdown",
  () => {
    isPressed = true;
  },
  true,
);
for (const end of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(end, release, true);

/** Acts at once, or when the press that is under way has done its work. */
export function afterPress(act: () => void): void {
  if (isPressed) waiting.push(act);
  else act();
}
