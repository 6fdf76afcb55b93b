import { randomBytes } from "node:crypto";
import { hashOf } from "./secret-text";

/** Loaded when a second factor is used: most starts never need it. */
const otp = () => import("otplib");

const recoveryCodes = 10;
/** A phone's clock may be half a minute off. */
const toleranceSeconds = 30;

export async function newTotpSecret(name: string): Promise<{ readonly secret: string; readonly uri: string }> {
  const { generateSecret, generateURI } = await otp();
  const secret = generateSecret();
  return { secret, uri: generateURI({ issuer: "Virtuoso", label: name, secret }) };
}

/** The time step the code is of, later than `after`; null where it is none. A code is good once. */
export async function totpStepOf(
  secret: string,
  code: string,
  after: number | null,
  now: number,
): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null;
  const { verify } = await otp();
  const result = await verify({ secret, token: code, epoch: Math.floor(now / 1000), epochTolerance: toleranceSeconds });
  if (!result.valid || !("timeStep" in result)) return null;
  return after === null || result.timeStep > after ? result.timeStep : null;
}

/** Codes for the day the phone is lost, each good once; shown once, kept as hashes. */
export function newRecoveryCodes(): { readonly codes: string[]; readonly hashes: string[] } {
  const codes = Array.from({ length: recoveryCodes }, () => inHalves(randomBytes(8).toString("hex")));
  return { codes, hashes: codes.map(recoveryHash) };
}

/** Of a code as somebody types it from paper: in any case, with spaces and dashes wherever they fall. */
export function recoveryHash(code: string): string {
  return hashOf(inHalves(code.replaceAll(/[\s\p{Pd}]/gu, "").toLowerCase()));
}

/** As it is shown and kept: eight digits, a dash, the rest. */
function inHalves(digits: string): string {
  return digits.replace(/^(.{8})/, "$1-");
}
