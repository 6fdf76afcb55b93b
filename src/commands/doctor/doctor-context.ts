import { loadConfig, type Config } from "../../config";
import { dataFolder } from "../../config/environment";
import { judgeStart, type Obstacle } from "../../daemon/obstacles";
import type { DaemonStatus } from "../../views/daemon-status";
import type { PlaceOptions } from "../options";
import { runningOn } from "../status/status";
import { wordsOf } from "./error-words";

/** What is examined: the data folder, the config, and by what it is served. */
export interface DoctorContext {
  readonly data: string;
  /** The file as it is now; where a daemon runs, the one it reads. */
  readonly config: Config | { readonly refused: string };
  /** The config was named on the command line: it is judged as this shell would start by it, whatever runs. */
  readonly configNamed: boolean;
  /** The daemon on the data folder; null where none runs, in words where it does not answer. */
  readonly running: DaemonStatus | { readonly silent: string } | null;
  /** By what the daemon runs, else would run from this shell; null where that is not known. */
  readonly served: Served | null;
  /** Why a start from this shell would be refused; none where a daemon runs, which was not refused, or the config cannot be read. */
  readonly obstacles: readonly Obstacle[];
  /** The certificate the daemon was started with, else the one a start from this shell would take; null where there is none. */
  readonly tls: Config["tls"];
}

export type Served = Pick<
  DaemonStatus["runs_with"],
  "host" | "public_url" | "tls" | "proxies" | "allowed_hosts" | "server" | "auth" | "sources"
> & {
  /** Null where no daemon runs. */
  readonly origins: DaemonStatus["runs_with"]["origins"] | null;
};

export async function doctorContextFrom(options: PlaceOptions): Promise<DoctorContext> {
  const data = dataFolder(options.data);
  const running = await daemonOn(data);
  const runsWith = running !== null && "runs_with" in running ? running.runs_with : null;
  const file = options.config ?? runsWith?.config ?? undefined;
  const config = await configFrom({ ...options, ...(file === undefined ? {} : { config: file }) });
  const usable = "refused" in config ? null : config;
  const obstacles = running !== null || usable === null ? [] : (await judgeStart(usable, Date.now())).obstacles;
  const tls = runsWith === null || options.config !== undefined ? (usable?.tls ?? null) : runsWith.certificate_files;
  return {
    data,
    config,
    obstacles,
    tls,
    configNamed: options.config !== undefined,
    running,
    served: runsWith ?? (usable && servedBy(usable)),
  };
}

async function daemonOn(data: string): Promise<DoctorContext["running"]> {
  try {
    return await runningOn(data);
  } catch (error) {
    return { silent: wordsOf(error) };
  }
}

async function configFrom(options: PlaceOptions): Promise<DoctorContext["config"]> {
  try {
    return await loadConfig(options);
  } catch (error) {
    if (error instanceof Error && error.name === "ConfigError") return { refused: error.message };
    throw error;
  }
}

function servedBy({ host, publicUrl, tls, proxies, allowedHosts, serverSettings, auth, sources }: Config): Served {
  return {
    host,
    public_url: publicUrl,
    tls: tls !== null,
    proxies: [...proxies],
    allowed_hosts: [...allowedHosts],
    server: [...serverSettings],
    auth,
    sources: sources.map(({ name, dir, create, parseOptions }) => ({ name, dir, create, zone: parseOptions.zone })),
    origins: null,
  };
}
