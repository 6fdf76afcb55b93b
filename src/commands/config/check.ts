import { ConfigError, loadConfig } from "../../config";
import { describeCertificate } from "../../core/decide/rules/certificate-ending";
import { judgeStart, logObstacles } from "../../daemon/obstacles";
import type { PlaceOptions } from "../options";
import { printOne, remark, type Format } from "../print/print";
import { plain } from "../print/plain";
import { printServer } from "../print/server";

/** Throws ConfigError, which names each place and what was expected there, or why a start by it would be refused. */
export async function checkConfig(options: PlaceOptions & { readonly output: Format }): Promise<void> {
  const config = await loadConfig(options);
  const { path, sources, file, serverSettings } = config;
  const { obstacles, certificate } = await judgeStart(config, Date.now());
  if (obstacles.length > 0) throw new ConfigError(logObstacles(obstacles));
  if (certificate?.doubt) remark(certificate.doubt);
  if (path === null) remark("there is no virtuoso.config.ts here: the defaults hold");
  const checked = {
    path,
    sources: sources.map(({ name, dir, parseOptions }) => ({ name, dir, zone: parseOptions.zone })),
    rules: (file.rules ?? []).map(({ name }) => name),
    server: serverSettings,
  };
  const lines = [
    ...(path === null ? [] : [`${path} can be used`]),
    ...checked.sources.map(({ name, dir, zone }) => `source ${name}: ${dir}, zone ${zone}`),
    ...checked.rules.map((name) => `rule ${name}`),
    ...printServer(serverSettings),
    ...(certificate === null ? [] : [`certificate: ${describeCertificate(certificate, Date.now())}`]),
  ];
  printOne(checked, options.output, { id: path ?? "", table: lines.map(plain).join("\n") });
}
