import type { Command } from "commander";

/** One word of the command line. `define` adds its arguments, options and action. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly define: (command: Command) => void }>;
}

/** In the order a person meets them. */
export const commands: readonly CommandEntry[] = [
  { name: "serve", summary: "run the daemon", load: () => import("./serve") },
  { name: "alerts", summary: "list alerts", load: () => import("./alerts") },
  { name: "signals", summary: "list signals and what was decided of each", load: () => import("./signals") },
];
