import type { Issued } from "./sessions";

/** How cookies are set: under TLS no other site of the domain can plant them; `basePath` is "" or like "/desk". */
export interface CookieOptions {
  readonly kid: string;
  /** The browser came by TLS. */
  readonly secure: boolean;
  readonly basePath: string;
}

/**
 * Whose names they are: the key's, for a host's cookies are shared by its ports, and two daemons on one machine do not
 * sign each other out.
 */
export type CookieNames = Pick<CookieOptions, "kid" | "secure">;

export function accessCookie({ kid, secure }: CookieNames): string {
  return `${prefix(secure)}virtuoso_${kid}`;
}

export function refreshCookie({ kid, secure }: CookieNames): string {
  return `${prefix(secure)}virtuoso_refresh_${kid}`;
}

/** Of a browser that has signed in before. */
export function deviceCookie({ kid, secure }: CookieNames): string {
  return `${prefix(secure)}virtuoso_device_${kid}`;
}

/** Of a sign-in by way of an identity provider that is under way: one for each, so that several tabs may be at it. */
export function identityCookie({ kid, secure }: CookieNames, state: string): string {
  return `${prefix(secure)}virtuoso_oidc_${kid}_${state.slice(0, 16)}`;
}

/** The states of those that are under way in this browser, as it says. */
export function keptStates(request: Request, names: CookieNames): string[] {
  return [...cookiesOf(request)]
    .filter(([name]) => name.startsWith(identityCookie(names, "")))
    .map(([, state]) => state)
    .filter((state) => /^[\w-]+$/.test(state));
}

/** Browsers take a name that begins so from the host itself alone, over TLS, for all of its paths. */
function prefix(secure: boolean): string {
  return secure ? "__Host-" : "";
}

export function cookiesFor(issued: Issued, options: CookieOptions): string[] {
  const { accessToken, accessSeconds, refreshToken, idleSeconds } = issued;
  return [
    cookie(accessCookie(options), accessToken, options, { path: "/", sameSite: "lax", seconds: accessSeconds }),
    cookie(refreshCookie(options), refreshToken, options, {
      path: refreshPath,
      sameSite: "strict",
      seconds: idleSeconds,
    }),
    ...plainOnesGone(options),
  ];
}

export function cookiesGone(options: CookieOptions): string[] {
  return [
    cookie(accessCookie(options), "", options, { path: "/", sameSite: "lax", seconds: 0 }),
    cookie(refreshCookie(options), "", options, { path: refreshPath, sameSite: "strict", seconds: 0 }),
    ...plainOnesGone(options),
  ];
}

const rememberDeviceSeconds = 180 * 86_400;

export function deviceCookieFor(token: string, options: CookieOptions): string {
  const attributes = { path: refreshPath, sameSite: "strict", seconds: rememberDeviceSeconds } as const;
  return cookie(deviceCookie(options), token, options, attributes);
}

/** Without TLS it is sent nowhere but where it is used. */
const refreshPath = "/api/auth";

/** Under TLS those that an earlier version set without the prefix are good for nothing, and go. */
function plainOnesGone(options: CookieOptions): string[] {
  return options.secure ? cookiesGone({ ...options, secure: false }).map((each) => `${each}; Secure`) : [];
}

interface CookieAttributes {
  /** Below the base path; a name with a prefix is of the whole host. */
  readonly path: string;
  readonly sameSite: "lax" | "strict";
  readonly seconds: number;
}

/** The value of a `Set-Cookie` header. */
export function cookie(
  name: string,
  value: string,
  { secure, basePath }: CookieOptions,
  { path, sameSite, seconds }: CookieAttributes,
): string {
  const wholePath = secure ? "/" : `${basePath}${path}`;
  return new Bun.Cookie(name, value, { path: wholePath, maxAge: seconds, httpOnly: true, secure, sameSite }).toString();
}

/** Null where it was not sent. */
export function readCookie(request: Request, name: string): string | null {
  return cookiesOf(request).get(name);
}

function cookiesOf(request: Request): Bun.CookieMap {
  return new Bun.CookieMap(request.headers.get("cookie") ?? "");
}
