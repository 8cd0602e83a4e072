// Times as the reader's clock and language tell them: "3 hours ago" for the last days, a date before that, the exact minute on hover.
// Without this script the page shows the minute in UTC.
const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];
const language = document.documentElement.lang || "en";
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
const day = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
const longestRelative = 7 * 86_400_000;

function inWords(moment: Date): string {
  const passed = moment.getTime() - Date.now();
  if (Math.abs(passed) > longestRelative) return day.format(moment);
  const step = steps.find(([, length]) => Math.abs(passed) >= length);
  return step ? relative.format(Math.round(passed / step[1]), step[0]) : relative.format(0, "minute");
}

for (const element of document.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.getTime())) continue;
  element.title = exact.format(moment);
  element.textContent = inWords(moment);
}
export {};
