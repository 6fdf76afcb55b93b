/** Told in the head of the story already. */
const toldElsewhere = new Set(["symbol", "direction", "strength", "reliability", "observedAt", "datedBy", "words", "quietMs", "everyMs", "silentAfterMs"]);
const listedAtMost = 12;

/** What is known beside the head line, name by name; what is not known is left out. */
export function factsOf(known: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(known).flatMap(([name, value]): [string, string][] => {
    if (toldElsewhere.has(name) || value === null || value === undefined || value === false) return [];
    if (Array.isArray(value)) return value.slice(0, listedAtMost).map((each): [string, string] => [name, inWords(each)]);
    return [[wordsOf(name), inWords(value)]];
  });
}

/** `symbolAsWritten` is symbol as written. */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function inWords(value: unknown): string {
  if (value === true) return "yes";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.map(inWords).join("; ");
  return Object.entries(value)
    .filter(([, each]) => each !== null && !(Array.isArray(each) && each.length === 0))
    .map(([name, each]) => `${wordsOf(name)} ${inWords(each)}`)
    .join(", ");
}
