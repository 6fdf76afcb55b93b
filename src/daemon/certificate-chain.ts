import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";

/** It and those in the file that vouch for it, one for the other. The root is not among them: whoever asks goes by their own. */
export function chainOf(own: X509Certificate, others: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [own];
  for (;;) {
    const last = chain.at(-1);
    const issuer = others.find(
      (other) => !chain.includes(other) && !isSelfSigned(other) && last?.checkIssued(other) === true,
    );
    if (issuer === undefined) return chain;
    chain.push(issuer);
  }
}

/** Public authorities sign by one in between, which the server has to send along; a certificate by one's own root needs none. */
export function doubtAbout(own: X509Certificate, chain: readonly X509Certificate[], path: string): string | null {
  const last = chain.at(-1) ?? own;
  const namesItsIssuer = /CA Issuers/.test(last.infoAccess ?? "");
  if (
    isSelfSigned(last) ||
    !namesItsIssuer ||
    rootCertificates.some((root) => last.checkIssued(new X509Certificate(root)))
  )
    return null;
  return (
    `${path} holds no certificate of ${nameInside(last.issuer)}, which vouches for ${nameOf(last)}: ` +
    "whoever does not know it by chance refuses it. Name the file with the whole chain (fullchain.pem)."
  );
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate);
}

export function nameOf({ subject, subjectAltName }: X509Certificate): string {
  return /(?:DNS|IP Address):([^,\s]+)/.exec(subjectAltName ?? "")?.[1] ?? nameInside(subject);
}

/** Of a distinguished name its common name, where it has one. */
function nameInside(distinguished: string): string {
  return /^CN=(.+)$/m.exec(distinguished)?.[1] ?? distinguished.replaceAll("\n", ", ");
}
