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
  const each =
    request.headers
      .get("cookie")
      ?.split(";")
      .map((part) => part.trim()) ?? [];
  return each
    .filter((pair) => pair.startsWith(identityCookie(names, "")))
    .map((pair) => pair.slice(pair.indexOf("=") + 1))
    .filter((state) => /^[\w-]+$/.test(state));
}

/** Browsers take a name that begins so from the host itself alone, over TLS, for all of its paths. */
function prefix(secure: boolean): string {
  return secure ? "__Host-" : "";
}

export function cookiesFor(issued: Issued, options: CookieOptions): string[] {
  return [
    cookie(accessCookie(options), issued.accessToken, options, {
      path: "/",
      sameSite: "Lax",
      seconds: issued.accessSeconds,
    }),
    cookie(refreshCookie(options), issued.refreshToken, options, {
      path: refreshPath,
      sameSite: "Strict",
      seconds: issued.idleSeconds,
    }),
    ...plainOnesGone(options),
  ];
}

export function cookiesGone(options: CookieOptions): string[] {
  return [
    cookie(accessCookie(options), "", options, { path: "/", sameSite: "Lax", seconds: 0 }),
    cookie(refreshCookie(options), "", options, { path: refreshPath, sameSite: "Strict", seconds: 0 }),
    ...plainOnesGone(options),
  ];
}

const rememberDeviceSeconds = 180 * 86_400;

export function deviceCookieFor(token: string, options: CookieOptions): string {
  return cookie(deviceCookie(options), token, options, {
    path: refreshPath,
    sameSite: "Strict",
    seconds: rememberDeviceSeconds,
  });
}

/** Without TLS it is sent nowhere but where it is used. */
const refreshPath = "/api/auth";

/** Under TLS those that an earlier version set without the prefix are good for nothing, and go. */
function plainOnesGone(options: CookieOptions): string[] {
  return options.secure ? cookiesGone({ ...options, secure: false }).map((each) => `${each}; Secure`) : [];
}

/** `path`: below the base path; a name with a prefix is of the whole host. */
export function cookie(
  name: string,
  value: string,
  { secure, basePath }: CookieOptions,
  { path, sameSite, seconds }: { readonly path: string; readonly sameSite: "Lax" | "Strict"; readonly seconds: number },
): string {
  return `${name}=${value}; Path=${secure ? "/" : `${basePath}${path}`}; Max-Age=${seconds}; HttpOnly; SameSite=${sameSite}${secure ? "; Secure" : ""}`;
}

/** Null where it was not sent. */
export function readCookie(request: Request, name: string): string | null {
  const header = request.headers.get("cookie");
  return header === null ? null : cookieIn(header, name);
}

export function cookieIn(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
