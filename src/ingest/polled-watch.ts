import type { FSWatcher } from "chokidar";
import { realpath } from "node:fs/promises";
import { basename, relative, sep } from "node:path";
import { deepestReport, textOfDecoded } from "./file-path";
import { isReportName } from "./report-names";
import type { Watcher, WatchHandlers } from "./watcher";

const pollEveryMs = 1000;

/**
 * Looks at every file's times and size once a second, where the system reports no changes: on network mounts, and
 * where it has no watch left.
 */
export class PolledWatch implements Watcher {
  readonly #opened: Promise<FSWatcher | null>;
  #disposed = false;

  constructor(
    private readonly dir: string,
    private readonly handlers: WatchHandlers,
  ) {
    this.#opened = this.#open();
  }

  /** What is below is polled as it is found. */
  follow(): void {}

  [Symbol.dispose](): void {
    this.#disposed = true;
    void this.#opened.then((watcher) => watcher?.close());
  }

  /** The folder itself may be a link; null where it cannot be found, which is for a look to say. */
  async #root(): Promise<string | null> {
    try {
      return await realpath(this.dir);
    } catch {
      this.handlers.onDoubt();
      return null;
    }
  }

  /** Null where the folder went away, or nothing waits for it any more. */
  async #open(): Promise<FSWatcher | null> {
    // Loaded where it is needed: most desks never are.
    const { watch } = await import("chokidar");
    const root = await this.#root();
    if (root === null || this.#disposed) return null;
    const { onName, onDoubt } = this.handlers;
    return (
      watch(root, {
        usePolling: true,
        interval: pollEveryMs,
        persistent: false,
        ignoreInitial: true,
        ignorePermissionErrors: true,
        followSymlinks: false,
        depth: deepestReport,
        ignored: (path, stats) =>
          path !== root &&
          (basename(path).startsWith(".") || (stats?.isFile() === true && !isReportName(basename(path)))),
      })
        .on("all", (event, path) =>
          event.endsWith("Dir") ? onDoubt() : onName(relative(root, path).split(sep).map(textOfDecoded).join("/")),
        )
        // What came while it was not ready yet, or what it could not follow, a look finds.
        .on("ready", onDoubt)
        .on("error", onDoubt)
    );
  }
}
