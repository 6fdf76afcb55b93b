import { formatDuration } from "../core/text";
import { ProviderUnreachable } from "./provider-requests";

/** Why a sign-in failed, as a code for the page. */
export type Trouble = "provider-unreachable" | "provider-refused" | "no-role";

const whyMaxCharacters = 300;

/** A sign-in that came to nothing. */
export class ProviderRefusal {
  /** In one line, for the log and the audit log; holds no secret. */
  readonly why: string;

  constructor(
    readonly trouble: Trouble,
    why: string,
    /** Where it would have led. */
    readonly next: string | null = null,
  ) {
    this.why = why.replaceAll(/\p{Cc}+/gu, " ").slice(0, whyMaxCharacters);
  }
}

/** What the library that speaks to providers throws: the innermost cause says it best. */
interface LibraryError {
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly error?: unknown;
  readonly error_description?: unknown;
  readonly status?: number;
}

/**
 * What became of a sign-in where speaking with the provider threw `error`. Whatever it is, the provider or the browser
 * brought it about. `secrets` are left out of why.
 */
export function refusalOf(error: unknown, secrets: readonly (string | null)[]): ProviderRefusal {
  const { trouble, why } = judged(causesOf(error));
  return new ProviderRefusal(
    trouble,
    secrets.reduce<string>((text, secret) => (secret ? text.replaceAll(secret, "...") : text), why),
  );
}

/** The error and what caused it, the innermost last. */
function causesOf(error: unknown): LibraryError[] {
  const chain: LibraryError[] = [];
  for (let each = error; each instanceof Error && chain.length < 5; each = each.cause) chain.push(each);
  return chain;
}

/** Words of RFC 6749 by which a provider says that it cannot, rather than that it will not. */
const cannot: readonly unknown[] = ["server_error", "temporarily_unavailable"];

function judged(chain: readonly LibraryError[]): Pick<ProviderRefusal, "trouble" | "why"> {
  const unreachable = chain.find((each) => each instanceof ProviderUnreachable);
  if (unreachable) return { trouble: "provider-unreachable", why: unreachable.message };
  const named = chain.find(({ error: word }) => typeof word === "string");
  if (named)
    return {
      trouble: cannot.includes(named.error) ? "provider-unreachable" : "provider-refused",
      why: whyInItsWords(named),
    };
  const innermost = chain.at(-1);
  if (innermost === undefined) return { trouble: "provider-refused", why: "unforeseen" };
  // An answer that lacks what every provider answers with is none; one that speaks of another is refused.
  const isNone = innermost.message.includes('"response"') && !innermost.message.startsWith("unexpected");
  return { trouble: isNone ? "provider-unreachable" : "provider-refused", why: whyOf(innermost) };
}

const clientHint = "are auth.oidc.clientId and clientSecret those it knows?";

function whyInItsWords({ error: word, error_description: description }: LibraryError): string {
  const hint = word === "invalid_client" || word === "unauthorized_client" ? `; ${clientHint}` : "";
  return `the provider answers ${String(word)}${typeof description === "string" ? `: ${description}` : ""}${hint}`;
}

/** Of a claim that is not as it must be: which, what it says, what was expected. Of a signature: how it was made. */
function whyOf({ message, cause, status }: LibraryError): string {
  const detail = (typeof cause === "object" && cause !== null ? cause : {}) as Detail;
  if (Array.isArray(cause) && status !== undefined)
    return `the provider answers ${status} and takes nothing that was shown; ${clientHint}`;
  if (detail.claim !== undefined) return whyOfClaim(detail.claim, detail);
  const alg = detail.header?.["alg"] ?? detail.alg;
  return alg === undefined
    ? message
    : `${message}: the id token is signed by ${JSON.stringify(alg)}, key ${JSON.stringify(detail.header?.["kid"] ?? null)}`;
}

function whyOfClaim(claim: string, { claims, expected, now, tolerance }: Detail): string {
  const value = claims?.[claim];
  if (claim === "nonce") return "the id token's nonce is not the one that was sent: it is of another sign-in";
  if (now === undefined || typeof value !== "number")
    return `the id token's ${claim} is ${JSON.stringify(value)}, expected ${JSON.stringify(expected)}`;
  return (
    `the id token's ${claim} is ${formatDuration((now - value) * 1000)} in the ${value <= now ? "past" : "future"}, ` +
    `auth.oidc.clockTolerance is ${tolerance ?? 0} s: are both clocks right?`
  );
}

/** What the library reports of a failed comparison. */
interface Detail {
  readonly claim?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly expected?: unknown;
  readonly now?: number;
  readonly tolerance?: number;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly alg?: unknown;
}
