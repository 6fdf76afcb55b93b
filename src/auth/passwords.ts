/** The cost OWASP names for argon2id: 19 MiB, two passes. */
const argon2id = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;

/** Of a random password, at the same cost: an unknown name takes as long as a known one. */
const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$5qqLVVroSY9D9H8IQt//2ksPPXhgdPfpz6/kAD0yL+w$H4SVdrRn22SAUkZBMGBdb7hew9Zc3jX5Dbky25Oq68I";

const charactersMin = 12;
const atOnce = 2;
const waitingMax = 32;

/** So many want to sign in that another would only wait: try again later. */
export class TooBusy extends Error {
  override readonly name = "TooBusy";
}

/** Hashing takes memory and time on purpose: few are done at once, and few wait. */
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= waitingMax) throw new TooBusy("too many passwords wait to be checked");
    await new Promise<void>((begin) => waiting.push(begin));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => Bun.password.hash(password.normalize("NFKC"), argon2id));
}

/** Takes as long where there is no hash, and answers false. Throws TooBusy. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const matches = await inTurn(() => Bun.password.verify(password.normalize("NFKC"), hash ?? nobodysHash));
  return matches && hash !== null;
}

/** Why a new password will not do, in words for who chose it; null where it will. */
export async function whyWeak(password: string, name: string): Promise<string | null> {
  const characters = Array.from(password.normalize("NFKC"));
  if (characters.length < charactersMin) return `At least ${charactersMin} characters: a few words make a good one.`;
  if (new Set(characters).size < 5) return "Too few different characters.";
  const lower = password.normalize("NFKC").toLowerCase();
  // What is left without the digits and signs people put around a word, and a word said more than once.
  const stem = onceOf(lower.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, ""));
  if (stem === name || (stem.includes(name) && stem.length - name.length < 6))
    return "It is little more than the account's name.";
  const common = await commonPasswords();
  if ([lower, onceOf(lower), stem].some((each) => common.has(each)))
    return "It is one of the passwords that are tried first, or little more than one.";
  return /^(?:0?1234567890?)+|^(?:qwertyuiop|abcdefghij)/.test(lower) ? "It is a row of the keyboard." : null;
}

/** `abcabc` is `abc` twice. */
function onceOf(text: string): string {
  return /^(.+?)\1+$/s.exec(text)?.[1] ?? text;
}

let common: Promise<ReadonlySet<string>> | undefined;

/** Half a megabyte that only a new password needs. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map(String)),
  );
  return common;
}
