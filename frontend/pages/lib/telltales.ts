// Finds what in a text could tell who wrote it or whom it is about. Runs in the browser only; what it finds is a question, not a verdict.
//
// It looks for the shapes of things (a date, an address, "the only … in"), not for meaning, and so misses much. The pages say so.
export type Kind = "contact" | "date" | "age" | "employer" | "role" | "rare" | "name" | "place";

export interface Telltale {
  readonly kind: Kind;
  readonly start: number;
  readonly text: string;
}

const MONTHS = [
  "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec",
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
  "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
  "Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember",
  "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|novembre|dicembre",
].join("|");
const HOSPITAL = "Hospital|Clinic|Infirmary|Hospice|Medical\\s+Cent(?:er|re)|Health\\s+Cent(?:er|re)|(?:NHS\\s+)?Trust|University";
const HOSPITAL_FIRST = "Hospital|Hôpital|CHU|CHR|Clinique|Clínica|Ospedale|Policlinico|Klinikum|Krankenhaus|Uniklinik(?:um)?|Universitätsklinikum";
const NOT_A_NAME = "The|A|An|Our|My|This|That|Another|Any|Each|Every|In|At|From|Near|Outside";

/** Each kind's shapes, the telling ones first: where two overlap, the first stands. A word begins and ends where no letter or digit is beside it. */
const SHAPES: readonly (readonly [Kind, RegExp])[] = [
  ["contact", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  ["contact", /(?<![\p{L}\d.])(?:\+|00)\d(?:[\s()./-]?\d){7,13}(?!\d)/gu],
  ["contact", /(?<![\p{L}\d.])0\d{1,4}[\s)/-]+\d(?:[\s-]?\d){5,8}(?!\d)/gu],
  ["date", /(?<![\d.])(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)/gu],
  ["date", /(?<![\d./])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d{2}(?![\d./])/gu],
  ["date", new RegExp(`(?<![\\p{L}\\d])\\d{1,2}(?:st|nd|rd|th|er|\\.)?\\s+(?:of\\s+|de\\s+)?(?:${MONTHS})(?![\\p{L}])(?:\\s+(?:de\\s+)?\\d{4})?`, "gu")],
  ["date", new RegExp(`(?<![\\p{L}\\d])(?:${MONTHS})\\s+(?:de\\s+)?(?:(?:19|20)\\d{2}|\\d{1,2}(?:st|nd|rd|th))(?!\\d)`, "gu")],
  ["age", /(?<![\p{L}\d.])\d{1,3}[\s-]?(?:years?|yrs?)[\s-]old(?!\p{L})/giu],
  ["age", /(?<![\p{L}\d.])aged?\s+\d{1,3}(?![\d.])/giu],
  ["age", /(?<!\p{L})(?:man|woman|boy|girl|male|female)\s+of\s+\d{1,3}(?!\d)/giu],
  ["age", /(?<![\p{L}\d.])\d{1,3}\s?(?:yo|y\/o)(?!\p{L})/giu],
  ["age", /(?<![\p{L}\d.])(?:de\s+\d{1,3}\s+(?:años|ans)|di\s+\d{1,3}\s+anni|\d{1,3}[\s-]?(?:jährig\p{L}*|Jahre\s+alt))(?!\p{L})/giu],
  ["employer", new RegExp(`(?:(?!(?:${NOT_A_NAME})\\s)\\p{Lu}[\\p{L}'’.]*\\s+)+(?:${HOSPITAL})(?!\\p{L})`, "gu")],
  ["employer", new RegExp(`(?<!\\p{L})(?:${HOSPITAL_FIRST})\\s+(?:(?:of|de|del|della|di|la|du|des|von|der)\\s+)*\\p{Lu}[\\p{L}'’-]+`, "gu")],
  ["employer", /(?<!\p{L})(?:I|we)\s+work(?:ed)?\s+(?:at|for)\s+(?!a\s|an\s)(?:the\s+)?[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)*/gu],
  ["role", /(?<!\p{L})the\s+only\s+(?:[\p{L}-]+\s+){1,4}(?:in|at|on|of|for|within)\s+[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)*/giu],
  ["role", /(?<!\p{L})(?:I\s+am|I[’']m|I\s+was|as|being)\s+(?:the\s+)?(?:only|sole|head|chief|chair\p{L}*|director|dean|president|lead)(?:\s+(?:of\s+)?[\p{L}-]+)?/giu],
  ["role", /(?<!\p{L})(?:soy|era|como)\s+(?:el\s+único|la\s+única|jefe|jefa|director|directora)(?:\s+\p{L}+)?/giu],
  ["role", /(?<!\p{L})(?:je\s+suis|j[’']étais|comme|en\s+tant\s+que)\s+(?:le\s+seul|la\s+seule|chef|cheffe|directeur|directrice)(?:\s+\p{L}+)?/giu],
  ["role", /(?<!\p{L})(?:der|die|als)\s+einzige[rn]?\s+[\p{L}-]+|(?<!\p{L})(?:ich\s+bin|als)\s+(?:Chef|Ober|Klinikdirektor)\p{L}*/giu],
  ["role", /(?<!\p{L})(?:sono|ero|come)\s+(?:l[’']unic[oa]|il\s+primario|la\s+primaria|primario|direttore|direttrice)(?:\s+\p{L}+)?/giu],
  ["rare", /(?<!\p{L})(?:first|only)\s+(?:reported\s+|known\s+)?(?:case|patient|time)\s+(?:in|ever|reported|worldwide)(?:\s+\p{L}+)?/giu],
  ["rare", /(?<!\p{L})(?:never\s+(?:been\s+)?(?:seen|reported|described)\s+before|on\s+the\s+news|in\s+the\s+(?:news|papers?|press)|made\s+headlines|inquest|coroner|lawsuit|sued|prosecuted|in\s+court)(?!\p{L})/giu],
  ["rare", /(?<!\p{L})(?:en\s+(?:las\s+noticias|la\s+prensa)|dans\s+(?:la\s+presse|les\s+journaux)|in\s+(?:der\s+(?:Zeitung|Presse)|den\s+Nachrichten)|su[li]\s+giornali?|vor\s+Gericht|en\s+justice|en\s+los\s+tribunales|in\s+tribunale)(?!\p{L})/giu],
  ["name", /(?<!\p{L})(?:Dr|Prof|Mr|Mrs|Ms|Herrn?|Frau|Mme|Sra?|Dott|Dra|Sig)\.?\s+(?:\p{Lu}\.\s*)?\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}+)?/gu],
  ["place", new RegExp(`(?<!\\p{L})(?:in|near|from|outside)\\s+(?!(?:${MONTHS}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!\\p{L}))\\p{Lu}\\p{Ll}{2,}(?:\\s+\\p{Lu}\\p{Ll}+)*`, "gu")],
  ["place", /(?<!\p{L})(?:en|à|a|près\s+de|cerca\s+de|vicino\s+a)\s+\p{Lu}\p{Ll}{3,}(?:[\s-]\p{Lu}\p{Ll}+)*/gu],
];

/** German writes every noun with a capital letter, so that a place looks like anything else. */
const shapesFor = (language: string): typeof SHAPES => (language === "de" ? SHAPES.filter(([kind]) => kind !== "place") : SHAPES);

/** What could tell, in the order of the text, none overlapping another. */
export function findTelltales(text: string, language = "en"): Telltale[] {
  const found: Telltale[] = [];
  const isFree = (start: number, end: number): boolean => found.every((other) => end <= other.start || start >= other.start + other.text.length);
  for (const [kind, shape] of shapesFor(language)) {
    for (const match of text.matchAll(shape)) {
      if (isFree(match.index, match.index + match[0].length)) found.push({ kind, start: match.index, text: match[0] });
    }
  }
  return found.sort((left, right) => left.start - right.start);
}
