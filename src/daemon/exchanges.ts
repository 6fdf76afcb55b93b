import type { Config } from "../config";
import type { ExchangeConfig } from "../exchange/config";

/** Those that the config names, the leading one first. */
export function exchangesOf({ file }: Config): readonly ExchangeConfig[] {
  return file.exchanges ?? [];
}
