import { formatCount, formatDuration } from "../core/text";
import type { Exceeded } from "./limits/rate-limits";
import { securityHeaders } from "./security-headers";

/** One line a field: where, and what was expected there. */
export interface FieldIssue {
  readonly path: string;
  readonly message: string;
}

/** Every error code of the API and its HTTP status. */
export const problems = {
  validation: { status: 400, title: "The request is not valid" },
  "bad-cursor": { status: 400, title: "The cursor is not one that a list gave out" },
  "not-signed-in": { status: 401, title: "This needs an account or a token" },
  "sign-in-refused": {
    status: 401,
    title: "The name, the password or the code is wrong, or there were too many tries: wait a while",
  },
  "code-needed": { status: 401, title: "The account asks for the code of its second factor" },
  "factor-unreadable": {
    status: 401,
    title:
      "The key to second factors (seal.key in the data folder) is missing or another one: sign in with a " +
      "recovery code, or by a link that virtuoso signin-link makes on the daemon's machine",
  },
  "link-refused": {
    status: 401,
    title: "The link was used, or is older than 15 minutes: virtuoso signin-link makes another",
  },
  "session-ended": { status: 401, title: "The session has ended: sign in again" },
  "not-allowed": { status: 403, title: "The account or the token does not allow this" },
  "bad-csrf": { status: 403, title: "The X-CSRF-Token header is missing or not this session's" },
  "without-sign-in": { status: 403, title: "Sign-in is off, and requests through a proxy are refused" },
  "bad-host": { status: 403, title: "This host name is not served here" },
  "bad-origin": { status: 403, title: "Requests from other sites are not allowed" },
  "not-found": { status: 404, title: "Not found" },
  "wrong-method": { status: 405, title: "The method is not allowed here" },
  conflict: { status: 409, title: "It conflicts with the present state" },
  "alert-ended": { status: 409, title: "The alert has ended" },
  "alert-expires": { status: 409, title: "The alert is of the kind event: it ends by itself when its time is over" },
  "silence-ended": { status: 409, title: "The silence has ended" },
  "changed-meanwhile": { status: 412, title: "Someone else changed it meanwhile" },
  "too-large": { status: 413, title: "The request is too large" },
  "wrong-type": { status: 415, title: "The body must be application/json" },
  "no-socket-asked": { status: 426, title: "A WebSocket is expected here" },
  "not-delivered": { status: 502, title: "The channel did not accept it" },
  busy: { status: 503, title: "Too many want to sign in at once: try again in a few seconds" },
  limited: { status: 429, title: "Too many requests" },
  "share-taken": { status: 429, title: "This address has reached its limit of connections" },
  "connections-taken": { status: 503, title: "All connections are taken" },
  starting: { status: 503, title: "The daemon is starting: try again in a moment" },
  "not-stored": { status: 503, title: "It could not be stored" },
  "too-slow": {
    status: 503,
    title: "The query takes too long: narrow it by a time, a symbol or a source",
  },
  "looks-taken": {
    status: 503,
    title: "Queries that were cancelled are still ending: try again in a few seconds",
  },
  unavailable: { status: 503, title: "The database does not answer" },
  internal: { status: 500, title: "Internal error" },
} as const;

export type ProblemCode = keyof typeof problems;

/** Retry-After, seconds, of what is over by itself. */
const againInSeconds: Partial<Record<ProblemCode, number>> = {
  busy: 5,
  "share-taken": 10,
  "connections-taken": 10,
  starting: 1,
  "looks-taken": 5,
};

/** Why a request does not become a socket. */
export type SocketRefusal = Extract<ProblemCode, "no-socket-asked" | "connections-taken" | "share-taken">;

/** An error the caller should hear of. */
export class Problem extends Error {
  override readonly name = "Problem";
  constructor(
    readonly code: ProblemCode,
    readonly detail?: string,
    readonly issues?: readonly FieldIssue[],
  ) {
    super(detail ?? problems[code].title);
  }
}

/** RFC 9457. */
export function problemResponse({ code, detail, issues }: Pick<Problem, "code" | "detail" | "issues">): Response {
  const { status, title } = problems[code];
  const body = {
    type: "about:blank",
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(issues ? { errors: issues } : {}),
  };
  const response = new Response(JSON.stringify(body), {
    status,
    headers: { ...securityHeaders, "content-type": "application/problem+json", "cache-control": "no-store" },
  });
  if (code === "not-signed-in") response.headers.set("www-authenticate", 'Bearer realm="virtuoso"');
  const again = againInSeconds[code];
  if (again !== undefined) response.headers.set("retry-after", String(again));
  return response;
}

/** Before a request becomes a socket: why it does not, and what to do. */
export function socketRefused(code: SocketRefusal): Response {
  const response = problemResponse(new Problem(code));
  if (code === "no-socket-asked") response.headers.set("upgrade", "websocket");
  return response;
}

/** What the path takes instead. */
export function wrongMethodResponse(allowed: readonly string[]): Response {
  const response = problemResponse(new Problem("wrong-method", `Allowed here: ${allowed.join(", ")}.`));
  response.headers.set("allow", allowed.join(", "));
  return response;
}

/** 429, and when the next may come: to the second. */
export function limitedResponse({ perMinute, retryAfter }: Exceeded): Response {
  const response = problemResponse(
    new Problem(
      "limited",
      `At most ${formatCount(perMinute, "such request")} a minute. Try again in ${formatDuration(retryAfter * 1000)}.`,
    ),
  );
  for (const [name, value] of [
    ["retry-after", retryAfter],
    ["ratelimit-limit", perMinute],
    ["ratelimit-remaining", 0],
    ["ratelimit-reset", retryAfter],
  ] as const) {
    response.headers.set(name, String(value));
  }
  return response;
}
