import { certificateNotice, describeCertificate } from "../../core/decide/rules/certificate-ending";
import { judgeCertificate } from "../../daemon/obstacles";
import { failed, ok, warning, type DoctorCheck } from "./finding";

/** Would a start, or a renewal by the daemon that runs, take the certificate in its files now? */
export const checkCertificate: DoctorCheck = ({ tls }) => {
  const now = Date.now();
  const { certificate, refused } = judgeCertificate({ tls }, now);
  if (refused !== null) return [failed("certificate", refused)];
  if (certificate === null) return [];
  const isEnding = certificate.endsAt - now <= certificateNotice(certificate).soon;
  const found = [(isEnding ? warning : ok)("certificate", describeCertificate(certificate, now))];
  return certificate.doubt === null ? found : [...found, warning("certificate", certificate.doubt)];
};
