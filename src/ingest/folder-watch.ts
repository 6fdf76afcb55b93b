import { EventWatch } from "./event-watch";
import { PolledWatch } from "./polled-watch";
import type { ReportFolder } from "./ports";
import { codeOf } from "../core/system-error";
import type { OpenWatcher, Watcher, WatchHandlers } from "./watcher";
import { whyUnreadable } from "./why-unreadable";

/** The two ways to notice changes. */
export interface Watchers {
  readonly events: OpenWatcher;
  readonly polled: OpenWatcher;
}

export const systemWatchers: Watchers = {
  events: (dir, handlers) => new EventWatch(dir, handlers),
  polled: (dir, handlers) => new PolledWatch(dir, handlers),
};

/** The folder itself is what is wrong, not the watching of it. */
const folderCodes: ReadonlySet<string | null> = new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ELOOP"]);

/** Notices a folder's changes by the system; where that has no watch left, or its config says so, the folder is polled. */
export class FolderWatch implements Watcher {
  #watcher: Watcher;
  #polledBecause: string | null = null;

  /** Throws where the folder cannot be read. */
  constructor(
    private readonly folder: Pick<ReportFolder, "dir" | "watch">,
    private readonly handlers: WatchHandlers,
    private readonly watchers: Watchers = systemWatchers,
  ) {
    this.#watcher = folder.watch === "poll" ? this.#poll("its config says so") : this.#watchOrPoll([]);
  }

  /** Why it is polled; null where the system reports changes. */
  get polledBecause(): string | null {
    return this.#polledBecause;
  }

  /** Polled for want of a watch, it is watched again as soon as there is one. */
  follow(folders: readonly string[]): void {
    if (this.folder.watch === "poll") return;
    const before = this.#watcher;
    const wasPolled = this.#polledBecause !== null;
    if (!wasPolled) {
      try {
        return before.follow(folders);
      } catch (error) {
        this.#watcher = this.#poll(whyUnreadable(error));
      }
    } else {
      const watching = this.#watch(folders);
      if (!("events" in watching)) return;
      this.#polledBecause = null;
      this.#watcher = watching.events;
      // What the poll had still to report is not reported any more.
      this.handlers.onDoubt();
    }
    before[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#watcher[Symbol.dispose]();
  }

  #watchOrPoll(folders: readonly string[]): Watcher {
    const watching = this.#watch(folders);
    if ("events" in watching) return watching.events;
    if (folderCodes.has(codeOf(watching.error))) throw watching.error;
    return this.#poll(whyUnreadable(watching.error));
  }

  #watch(folders: readonly string[]): { readonly events: Watcher } | { readonly error: unknown } {
    let events: Watcher | null = null;
    try {
      events = this.watchers.events(this.folder.dir, this.handlers);
      events.follow(folders);
      return { events };
    } catch (error) {
      events?.[Symbol.dispose]();
      return { error };
    }
  }

  #poll(because: string): Watcher {
    this.#polledBecause = because;
    return this.watchers.polled(this.folder.dir, this.handlers);
  }
}
