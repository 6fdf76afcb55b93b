import { watch, type FSWatcher } from "node:fs";
import { isLossy, pathOnDisk, textOfDecoded } from "./file-path";
import { isGone } from "../core/system-error";
import type { Watcher, WatchHandlers } from "./watcher";

/**
 * Notices every change by the system.
 *
 * Node's own watch and not a library above it: those list the whole folder at every event, which with 10,000 old
 * reports in it delays each new one by 84 ms, and with 100,000 by a second.
 */
export class EventWatch implements Watcher {
  readonly #watchers = new Map<string, FSWatcher>();

  /** Throws where the folder cannot be watched. */
  constructor(
    private readonly dir: string,
    private readonly handlers: WatchHandlers,
  ) {
    this.#arm("");
  }

  /** Throws where the system allows no further watch. */
  follow(folders: readonly string[]): void {
    const wanted = new Set(["", ...folders]);
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of wanted) {
      if (!this.#watchers.has(folder)) this.#armIfThere(folder);
    }
  }

  [Symbol.dispose](): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #armIfThere(folder: string): void {
    try {
      this.#arm(folder);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  #arm(folder: string): void {
    const watcher = watch(pathOnDisk(this.dir, folder), { persistent: false }, (_event, name) => {
      // A folder below reports its own end under its own name; another one made in its place is not watched by this.
      if (folder !== "" && name === folder) this.#disarm(folder, watcher);
      else if (name === null || isLossy(name)) this.handlers.onDoubt();
      else this.handlers.onName(folder === "" ? textOfDecoded(name) : `${folder}/${textOfDecoded(name)}`);
    });
    watcher.on("error", () => this.#disarm(folder, watcher));
    this.#watchers.set(folder, watcher);
  }

  #disarm(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder);
    this.handlers.onDoubt();
  }
}
