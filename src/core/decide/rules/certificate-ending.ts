import { dayMs } from "../../duration";
import type { DecisionContext } from "../context";
import type { CertificateRead, CertificateSpan } from "../../observation";
import { formatDay, formatDuration } from "../../text";
import { systemAlert, systemFingerprint } from "./system-alert";

/** There is one. */
const key = "server";
const stages = ["soon", "imminent"] as const;

/** So long before its end a certificate is spoken of. One that lives for days or weeks is renewed later than one that lives for months. */
export function certificateNotice({
  startsAt,
  endsAt,
}: CertificateSpan): Readonly<Record<(typeof stages)[number], number>> {
  const lifeMs = endsAt - startsAt;
  return { soon: Math.min(21 * dayMs, lifeMs / 4), imminent: Math.min(3 * dayMs, lifeMs / 10) };
}

/** Another certificate is served, or none any more: what was said of the one before is over where it does not hold of it. */
export function applyCertificate(context: DecisionContext, { certificate }: CertificateRead): void {
  const before = context.state.get("certificate", key);
  if (JSON.stringify(before) !== JSON.stringify(certificate ?? undefined))
    context.state.set("certificate", key, certificate);
  if (certificate === null) for (const stage of stages) context.release(fingerprints[stage], "gone");
  else judgeCertificate(context);
}

/** Twice: early enough to find out why it was not renewed, and when it is high time. Each stands until another certificate is served. */
export function judgeCertificate(context: DecisionContext): void {
  const certificate = context.state.get("certificate", key);
  if (certificate === undefined) return;
  const { soon, imminent } = certificateNotice(certificate);
  const leftMs = certificate.endsAt - context.now;
  if (leftMs > soon) context.release(fingerprints.soon);
  else if (leftMs > imminent) hold(context, "soon", certificate);
  if (leftMs > imminent) context.release(fingerprints.imminent);
  else hold(context, "imminent", certificate);
}

/** "that of desk.example ends in 12 d, on 2026-12-19 09:36 UTC" */
export function describeCertificate({ name, endsAt }: CertificateSpan, now: number): string {
  const left = formatDuration(endsAt - now);
  return `that of ${name} ${endsAt > now ? `ends in ${left}` : `ended ${left} ago`}, on ${formatDay(endsAt)}`;
}

function hold(context: DecisionContext, stage: (typeof stages)[number], certificate: CertificateSpan): void {
  context.hold(
    systemAlert({
      rule: "certificate-ending",
      subject: stage,
      kind: "state",
      priority: stage === "soon" ? "medium" : "high",
      message: `The TLS certificate, ${describeCertificate(certificate, context.now)}: renew it, it is read again when its file changes`,
      source: null,
      expiresAt: null,
      details: { name: certificate.name, endsAt: new Date(certificate.endsAt).toISOString() },
    }),
  );
}

const fingerprints = {
  soon: systemFingerprint("certificate-ending", "soon"),
  imminent: systemFingerprint("certificate-ending", "imminent"),
};
