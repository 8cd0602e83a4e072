// The join page: a suggested pseudonym goes into the field at a click, also those that htmx brings later.
const field = document.querySelector<HTMLInputElement>("#id_pseudonym");

document.addEventListener("click", (event) => {
  const chosen = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-pseudonym]") : null;
  if (!field || !chosen) return;
  field.value = chosen.dataset["pseudonym"] ?? "";
  field.focus();
  field.dispatchEvent(new Event("chosen"));
});
