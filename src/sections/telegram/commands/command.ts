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
  /** Throws Refusal and Problem. */
  run(parts: DaemonParts, person: Person, words: readonly string[]): Promise<string> | string;
}

/** Why a command is not run, for its author. */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
}

/** What follows a command is none of what it takes: how it is written is said too. */
export class WrongWords extends Refusal {
  override readonly name = "WrongWords";
}
