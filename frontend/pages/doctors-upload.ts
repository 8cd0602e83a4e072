// Shows how far an upload has come. Without this script the form is sent as any other.

function uploadFailed(form: HTMLFormElement, sentence: string): void {
  const alert = form.querySelector<HTMLElement>("[role=alert][hidden], [role=alert].notice-error");
  if (!alert) return;
  alert.textContent = sentence;
  alert.hidden = false;
}

/** What the page that came back says of the form, or, where it is an error page, what that says. */
function errorsIn(page: string): string {
  const answered = new DOMParser().parseFromString(page, "text/html");
  const form = answered.querySelector("form[data-upload]");
  const sentence = form ? form.querySelector(".field-error") : answered.querySelector("main > .lede");
  return sentence?.textContent.trim() ?? "";
}

function finished(form: HTMLFormElement, request: XMLHttpRequest): void {
  if (request.status > 0 && request.status < 400) {
    window.location.assign(request.responseURL);
    return;
  }
  uploadFailed(form, errorsIn(request.responseText) || (form.dataset["failed"] ?? ""));
  settle(form);
}

function settle(form: HTMLFormElement): void {
  for (const element of form.querySelectorAll<HTMLProgressElement>("progress")) element.hidden = true;
  for (const button of form.querySelectorAll("button")) button.disabled = false;
}

function send(form: HTMLFormElement): void {
  const progress = form.querySelector("progress");
  const alert = form.querySelector<HTMLElement>(".notice-error[role=alert]");
  if (alert) alert.hidden = true;
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  const request = new XMLHttpRequest();
  if (progress) {
    progress.hidden = false;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    });
  }
  request.addEventListener("load", () => {
    finished(form, request);
  });
  request.addEventListener("error", () => {
    uploadFailed(form, form.dataset["failed"] ?? "");
    settle(form);
  });
  request.open("POST", form.action);
  request.send(new FormData(form));
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
