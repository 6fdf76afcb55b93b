import { watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import { isGone } from "./report-file";

/**
 * Tells which names in a folder, or one folder deeper, something happened to. Events are hints: they may be missed
 * or told twice, so a look at the folder has the last word.
 *
 * Node's own watch and not a library above it: those list the whole folder at every event, which with 10,000 old
 * reports in it delays each new one by 84 ms, and with 100,000 by a second.
 */
export class FolderWatch implements Disposable {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onName: (path: string) => void;
  readonly #onDoubt: () => void;

  /** `onDoubt`: something happened that no name tells; look again. Throws where the folder cannot be watched. */
  constructor(
    private readonly dir: string,
    handlers: { readonly onName: (path: string) => void; readonly onDoubt: () => void },
  ) {
    this.#onName = handlers.onName;
    this.#onDoubt = handlers.onDoubt;
    this.#arm("");
  }

  /** Watches exactly these folders below, besides the folder itself; those that went away meanwhile are passed over. */
  follow(folders: readonly string[]): void {
    const wanted = new Set(["", ...folders]);
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) {
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
    const watcher = watch(join(this.dir, folder), { persistent: false }, (_event, name) => {
      // A folder below tells of its own end under its own name; another one made in its place is not watched by this.
      if (folder !== "" && name === folder) this.#disarm(folder, watcher);
      else if (name === null) this.#onDoubt();
      else this.#onName(folder === "" ? name : `${folder}/${name}`);
    });
    watcher.on("error", () => this.#disarm(folder, watcher));
    this.#watchers.set(folder, watcher);
  }

  #disarm(folder: string, watcher: FSWatcher): void {
    watcher.close();
    if (this.#watchers.get(folder) === watcher) this.#watchers.delete(folder);
    this.#onDoubt();
  }
}
