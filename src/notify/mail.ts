import type { NodemailerError } from "nodemailer";
import type { SMTPTransportOptions } from "nodemailer/lib/smtp-transport";
import type { NoAnswer } from "./post";

/** Where letters are handed in. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** at-once: from the first byte. required: by STARTTLS, or nothing is sent. none: in the clear. */
  readonly tls: "at-once" | "required" | "where-offered" | "none";
  readonly login: { readonly user: string; readonly pass: string } | null;
}

/** One letter. No part of it is read as a header, a path or an address to fetch. */
export interface Letter {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** What it belongs to; null for a letter by itself. */
  readonly references: string | null;
  readonly date: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly isUrgent: boolean;
}

/** What a mail server replied. */
export interface MailReply {
  /** Its code: 250, 451, 535. */
  readonly code: number;
  /** What it replied to: AUTH, MAIL FROM, RCPT TO, DATA. */
  readonly command: string;
  /** Those it would not take the letter for, while it took it for others. */
  readonly refused: readonly { readonly address: string; readonly code: number }[];
}

/** Hands one letter to its server. Never throws for what the network or the server does. */
export type Mail = (server: MailServer, letter: Letter) => Promise<MailReply | NoAnswer>;

export interface MailOptions {
  readonly timeoutMs?: number;
  /** In place of the authorities the system trusts: a certificate, PEM. */
  readonly ca?: string;
}

/** How many letters are remembered that were taken for some of those they are for. */
const partlyTakenMax = 1000;
/** What no later try changes: a certificate that is not trusted, no TLS where it was expected. */
const permanentCodes = /^(?:DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|UNKNOWN_CERT|ERR_TLS_|EPROTO|ERR_SSL|ETLS)/;
/** Without a connection nothing was handed over. */
const connectionCodes = /^(?:ECONNREFUSED|ENOTFOUND|EDNS|EAI_|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)/;

/**
 * The client of all letters. The library is loaded with the first of them. A letter that some of those it is for have
 * got already is handed in for the others alone. `stopping` ends what is under way.
 */
export function createMail(stopping: AbortSignal, { timeoutMs = 15_000, ca }: MailOptions = {}): Mail {
  const gotBy = new Map<string, Set<string>>();
  return async (server, letter) => {
    const got = gotBy.get(letter.messageId) ?? new Set<string>();
    const to = letter.to.filter((address) => !got.has(address));
    const reply = await send(server, { ...letter, to }, { stopping, timeoutMs, ca });
    if (!isReply(reply)) return reply;
    if (reply.code < 400) for (const address of to) if (!isRefused(reply, address)) got.add(address);
    gotBy.delete(letter.messageId);
    if (got.size > 0 && got.size < letter.to.length) remember(gotBy, letter.messageId, got);
    // The others have it: that those who are left never will is no failure of the letter.
    if (reply.code >= 500 && got.size > 0)
      return { ...reply, code: 250, refused: to.map((address) => ({ address, code: reply.code })) };
    return reply;
  };
}

export function isReply(reply: MailReply | NoAnswer): reply is MailReply {
  return "command" in reply;
}

function isRefused({ refused }: MailReply, address: string): boolean {
  return refused.some((each) => each.address === address);
}

function remember(gotBy: Map<string, Set<string>>, messageId: string, got: Set<string>): void {
  const [oldest] = gotBy.keys();
  if (gotBy.size >= partlyTakenMax && oldest !== undefined) gotBy.delete(oldest);
  gotBy.set(messageId, got);
}

interface Terms {
  readonly stopping: AbortSignal;
  readonly timeoutMs: number;
  readonly ca: string | undefined;
}

async function send(
  server: MailServer,
  letter: Letter,
  { stopping, timeoutMs, ca }: Terms,
): Promise<MailReply | NoAnswer> {
  const { createTransport } = await import("nodemailer");
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
  const { host, port, tls, login } = server;
  const options: SMTPTransportOptions = {
    host,
    port,
    secure: tls === "at-once",
    requireTLS: tls === "required",
    ignoreTLS: tls === "none",
    ...(login && { auth: login }),
    ...(ca !== undefined && { tls: { ca } }),
  };
  const transport = createTransport(options);
  const { to, references, isUrgent, headers, ...rest } = letter;
  try {
    const { rejectedErrors: refusals = [] } = await transport.sendMail({
      ...rest,
      to: [...to],
      headers: { ...headers },
      ...(references !== null && { references, inReplyTo: references }),
      priority: isUrgent ? "high" : "normal",
      disableFileAccess: true,
      disableUrlAccess: true,
      signal,
    });
    const refused = refusals.map((each) => ({ address: each.recipient ?? "", code: each.responseCode || 550 }));
    return { code: 250, command: "DATA", refused };
  } catch (error) {
    return failureOf(error, signal);
  } finally {
    transport.close();
  }
}

/** As nodemailer's errors say it; the texts of the server are repeated nowhere, they may hold what was sent. */
function failureOf(error: unknown, signal: AbortSignal): MailReply | NoAnswer {
  const { responseCode, command, code, originalCode, rejectedErrors } = Object(error) as Partial<NodemailerError>;
  if (typeof responseCode === "number" && responseCode >= 400) {
    if (command === "STARTTLS" && responseCode >= 500) return { code: "ETLS", permanent: true, mayHaveArrived: false };
    const again = rejectedErrors?.find(isForNow)?.responseCode;
    return { code: again || responseCode, command: command ?? "", refused: [] };
  }
  if (signal.aborted) {
    const { reason } = signal as { readonly reason: unknown };
    const name = reason instanceof Error && reason.name === "TimeoutError" ? "TimeoutError" : "AbortError";
    return { code: name, permanent: false, mayHaveArrived: true };
  }
  const word = [originalCode, code].find((each) => typeof each === "string") ?? "unknown";
  const permanent = permanentCodes.test(word);
  return { code: word, permanent, mayHaveArrived: !permanent && !connectionCodes.test(word) };
}

function isForNow({ responseCode }: NodemailerError): boolean {
  return typeof responseCode === "number" && responseCode >= 400 && responseCode < 500;
}
