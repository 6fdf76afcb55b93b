import type { Issued } from "./sessions";

/** Named by the key, for a host's cookies are shared by its ports: two daemons on one machine sign nobody out. */
export function accessCookie(kid: string): string {
  return `virtuoso_${kid}`;
}

export function refreshCookie(kid: string): string {
  return `virtuoso_refresh_${kid}`;
}

/** How cookies are set: `Secure` where the browser came by TLS; `basePath` is "" or like "/desk". */
export interface CookieManner {
  readonly kid: string;
  readonly secure: boolean;
  readonly basePath: string;
}

/** The refresh token is sent nowhere but where it is used. */
export function cookiesFor(issued: Issued, manner: CookieManner): string[] {
  return [
    cookie(accessCookie(manner.kid), issued.accessToken, { path: `${manner.basePath}/`, sameSite: "Lax", seconds: issued.accessSeconds, secure: manner.secure }),
    cookie(refreshCookie(manner.kid), issued.refreshToken, { path: `${manner.basePath}/api/auth`, sameSite: "Strict", seconds: issued.idleSeconds, secure: manner.secure }),
  ];
}

export function cookiesGone(manner: CookieManner): string[] {
  return [
    cookie(accessCookie(manner.kid), "", { path: `${manner.basePath}/`, sameSite: "Lax", seconds: 0, secure: manner.secure }),
    cookie(refreshCookie(manner.kid), "", { path: `${manner.basePath}/api/auth`, sameSite: "Strict", seconds: 0, secure: manner.secure }),
  ];
}

export function cookie(name: string, value: string, { path, sameSite, seconds, secure }: { readonly path: string; readonly sameSite: "Lax" | "Strict"; readonly seconds: number; readonly secure: boolean }): string {
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=${sameSite}${secure ? "; Secure" : ""}`;
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
