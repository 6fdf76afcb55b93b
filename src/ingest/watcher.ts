/**
 * Reports which names in a folder, or one folder deeper, something happened to. Twice, late or not at all: a look at
 * the folder has the last word.
 */
export interface Watcher extends Disposable {
  /** Watches exactly these folders below, besides the folder itself; those that went away meanwhile are passed over. */
  follow(folders: readonly string[]): void;
}

export interface WatchHandlers {
  /** Path relative to the folder, `/` between. */
  readonly onName: (path: string) => void;
  /** Something happened that no name shows: look again. */
  readonly onDoubt: () => void;
}

/** Watches a folder; throws what the file system throws where it cannot. */
export type OpenWatcher = (dir: string, handlers: WatchHandlers) => Watcher;
