import { z } from "zod";
import type { MailServer } from "../mail";

const ports = { "smtps:": 465, "smtp:": 587 } as const;
const expectedServer = "expected smtps://name:password@host, or smtp://... for STARTTLS";

/** A mail server by its address, with what is needed to sign in. */
export const mailServerSchema = z
  .string()
  .regex(/^smtps?:\/\/[^\s/?#]+\/?(?:\?tls=none)?$/, { error: expectedServer, abort: true })
  .refine((text) => mailServerAt(text) !== null, { error: expectedServer, abort: true })
  .refine((text) => {
    const server = mailServerAt(text);
    return server === null || server.tls !== "none" || server.login === null || isLoopback(server.host);
  }, "a password is not sent in the clear: leave tls=none out");

/** Null where it is none. On this machine STARTTLS is used where it is offered, elsewhere nothing is sent without. */
export function mailServerAt(text: string): MailServer | null {
  const url = URL.parse(text);
  if (url === null || url.hostname === "" || (url.protocol !== "smtps:" && url.protocol !== "smtp:")) return null;
  const isAtOnce = url.protocol === "smtps:";
  const isClear = url.search === "?tls=none";
  if ((isAtOnce && isClear) || (url.username === "") !== (url.password === "")) return null;
  const host = url.hostname.replaceAll(/[[\]]/g, "");
  const login = loginIn(url);
  if (login === undefined) return null;
  const startTls = isLoopback(host) ? "where-offered" : "required";
  return {
    host,
    port: url.port === "" ? ports[url.protocol] : Number(url.port),
    tls: isAtOnce ? "at-once" : isClear ? "none" : startTls,
    login,
  };
}

/** Null where there is none, undefined where a % of it encodes nothing. */
function loginIn({ username, password }: URL): MailServer["login"] | undefined {
  if (username === "") return null;
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
}

export const mailAddressSchema = z.email("expected an address such as ada@example.org").max(254);

const namedPattern = /^([^<>"@,;:\\\p{Cc}]{1,100}) <([^<>]+)>$/u;

/** `ada@example.org`, or `Ada <ada@example.org>`. */
export const senderSchema = z
  .string()
  .refine(
    (text) => mailAddressSchema.safeParse(senderIn(text).address).success,
    "expected an address, or Name <address>",
  );

export function senderIn(text: string): { readonly name: string; readonly address: string } {
  const [, name = "", address = text] = namedPattern.exec(text) ?? [];
  return { name, address };
}
