import { ConfigError, loadConfig, type Config } from "../../config";
import { sayCertificate } from "../../core/rules/certificate-ending";
import { readCertificate, type Certificate } from "../../daemon/certificate";
import { StartError } from "../../daemon/start-error";
import { whyNotWithoutSignIn } from "../../daemon/without-sign-in";
import type { PlaceOptions } from "../options";
import { printOne, remark, type Format } from "../print/print";
import { plain } from "../print/plain";
import { sayServer } from "../print/server";

/** Throws ConfigError, which names each place and what was expected there. */
export async function checkConfig(options: PlaceOptions & { readonly output: Format }): Promise<void> {
  const config = await loadConfig(options);
  const { path, sources, file, missingSecrets, serverSettings } = config;
  if (missingSecrets.length > 0) throw new ConfigError(missingSecrets.join("\n"));
  const open = whyNotWithoutSignIn(config);
  if (open !== null) throw new ConfigError(open);
  const certificate = certificateOf(config);
  if (certificate?.doubt) remark(certificate.doubt);
  if (path === null) remark("there is no virtuoso.config.ts here: the defaults hold");
  const checked = { path, sources: sources.map(({ name, dir, manner }) => ({ name, dir, zone: manner.zone })), rules: (file.rules ?? []).map(({ name }) => name), server: serverSettings };
  const lines = [
    ...(path === null ? [] : [`${path} can be used`]),
    ...checked.sources.map(({ name, dir, zone }) => `source ${name}: ${dir}, zone ${zone}`),
    ...checked.rules.map((name) => `rule ${name}`),
    ...sayServer(serverSettings),
    ...(certificate === null ? [] : [`certificate: ${sayCertificate(certificate, Date.now())}`]),
  ];
  printOne(checked, options.output, { id: path ?? "", table: lines.map(plain).join("\n") });
}

/** As a start judges it. Throws ConfigError. */
function certificateOf(config: Config): Certificate | null {
  try {
    return readCertificate(config, Date.now());
  } catch (error) {
    throw error instanceof StartError ? new ConfigError(error.message) : error;
  }
}
