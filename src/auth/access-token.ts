import { errors, jwtVerify, SignJWT } from "jose";
import type { SigningKey } from "./signing-key";

/** What an access token says: whose session it is of. What one may do is looked up, so that it can end at once. */
export interface AccessClaims {
  readonly sessionId: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export const accessTokenSeconds = 15 * 60;

const issuer = "virtuoso";
const audience = "virtuoso";

export function signAccessToken(
  { kid, key }: SigningKey,
  subject: string,
  sessionId: string,
  now: number,
): Promise<string> {
  const seconds = Math.floor(now / 1000);
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: "HS256", kid, typ: "JWT" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + accessTokenSeconds)
    .sign(key);
}

/** Null for whatever is not exactly what is signed above, with this key, and good now. */
export async function readAccessToken(signing: SigningKey, token: string, now: number): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyNamed(kid, signing), {
      algorithms: ["HS256"],
      typ: "JWT",
      issuer,
      audience,
      requiredClaims: ["sub", "sid", "iat", "nbf", "exp"],
      currentDate: new Date(now),
    });
    if (typeof payload["sid"] !== "string" || payload.exp === undefined) return null;
    return { sessionId: payload["sid"], expiresAt: payload.exp * 1000 };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

function keyNamed(kid: string | undefined, signing: SigningKey): Uint8Array<ArrayBuffer> {
  if (kid !== signing.kid) throw new errors.JWKSNoMatchingKey();
  return signing.key;
}
