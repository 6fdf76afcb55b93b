import { certificateNotice, sayCertificate } from "../../core/rules/certificate-ending";
import { readCertificate } from "../../daemon/certificate";
import { StartError } from "../../daemon/start-error";
import { failed, ok, warning, type Examination } from "./finding";

/** Would a start, or a renewal by the daemon that runs, take the certificate in its files now? */
export const examineCertificate: Examination = ({ tls }) => {
  try {
    const now = Date.now();
    const certificate = readCertificate({ tls }, now);
    if (certificate === null) return [];
    const isEnding = certificate.endsAt - now <= certificateNotice(certificate).soon;
    const found = [(isEnding ? warning : ok)("certificate", sayCertificate(certificate, now))];
    return certificate.doubt === null ? found : [...found, warning("certificate", certificate.doubt)];
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return [failed("certificate", error.message)];
  }
};
