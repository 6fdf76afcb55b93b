import { loadConfig } from "../../config";
import type { PlaceOptions } from "../options";
import { remark, say } from "../print/print";
import { plain } from "../print/plain";

/** Throws ConfigError, which names each place and what was expected there. */
export async function checkConfig(options: PlaceOptions): Promise<void> {
  const { path, sources, file } = await loadConfig(options);
  if (path === null) remark("there is no virtuoso.config.ts here: the defaults hold");
  else say(plain(`${path} can be used`));
  for (const { name, dir, manner } of sources) say(plain(`source ${name}: ${dir}, zone ${manner.zone}`));
  for (const { name } of file.rules ?? []) say(plain(`rule ${name}`));
}
