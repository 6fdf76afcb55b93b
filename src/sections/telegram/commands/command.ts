import type { Permission } from "../../../core/roles";
import type { DaemonParts } from "../../../daemon/parts";
import type { Person } from "../people";

export interface Command {
  /** After the slash. */
  readonly name: string;
  /** What follows it, as /help says it; empty where nothing does. */
  readonly takes: string;
  /** What it does, in a line of /help. */
  readonly does: string;
  readonly need: Permission;
  /** False: it only reads. */
  readonly changes: boolean;
  /** Throws WrongWords for what it cannot read, and Problem. */
  run(parts: DaemonParts, person: Person, words: readonly string[]): Promise<string> | string;
}

/** What follows a command is none of what it takes. */
export class WrongWords extends Error {
  override readonly name = "WrongWords";
}
