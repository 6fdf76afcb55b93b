/** Secrets of this process, in every spelling they could be printed in. */
const hidden = new Set<string>();

const shown = "[redacted]";
/** Shorter ones would take ordinary words along. */
const charactersMin = 6;

/** From now on it is printed nowhere. */
export function hideSecret(secret: string | null | undefined): void {
  if (!secret || secret.length < charactersMin) return;
  for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    hidden.add(spelling);
}

/** What a secret looks like, known or not: our tokens, JWTs, `Authorization`, `Cookie`, the part of an address before the @. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\bvrt_[\w-]{8,}/g, `vrt_${shown}`],
  [/\beyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*/g, shown],
  [/\b(bearer|basic)([ .]+)[\w~+/=.-]{8,}/gi, `$1$2${shown}`],
  [/(:\/\/[^\s/:@"]*:)[^\s/@"]+@/g, `$1${shown}@`],
  [
    /("(?:[\w-]*(?:password|secret|authorization|cookie|totp|recovery[\w-]*codes?)|(?:access|refresh|api|csrf|bot)[_-]?token)"\s*:\s*")(?:[^"\\]|\\.)*"/gi,
    `$1${shown}"`,
  ],
  [/([?&#](?:[\w-]*token|password|secret|link|code|state)=)[^&\s"#]+/gi, `$1${shown}`],
];

/** The text without any secret. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of hidden) if (clean.includes(secret)) clean = clean.replaceAll(secret, shown);
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}
