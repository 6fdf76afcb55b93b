import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { exampleCommand } from "../core/example-report";
import type { Paint } from "./print/paint";
import { plain } from "./print/plain";

export interface StartFacts {
  /** Where it listens, where that is another address than the one people use; else null. */
  readonly listensOn: string | null;
  /** A link that makes the first account; null where there is one, or none is needed. */
  readonly link: string | null;
  /** The folders it reads, as the config has them. */
  readonly folders: readonly string[];
  /** How this program is called here. */
  readonly program: string;
}

type Part = readonly [title: string, ...lines: string[]];

/** More would not be a short block. */
const foldersMax = 3;

/** What a person at a terminal reads once the daemon is ready: the way in, and what to do first. */
export function startBlock(facts: StartFacts, paint: Paint): string {
  const lines = partsOf(facts).flatMap(([title, ...rest]) => [
    paint(title, "quiet"),
    ...rest.map((line) => `  ${plain(line)}`),
  ]);
  return ["", ...lines, ""].join("\n");
}

function partsOf({ listensOn, link, folders, program }: StartFacts): Part[] {
  const paths = folders.map((folder) => resolve(folder));
  const [first] = paths;
  return [
    ...(listensOn === null ? [] : [["It listens on", listensOn] as const]),
    ...(link === null ? [] : [["Make the first account with this link, once, within 15 minutes", link] as const]),
    ["It reads the reports in", ...shortened(paths, program)],
    ...(first === undefined
      ? []
      : [["Try it in another terminal", exampleCommand(first, !existsSync(first))] as const]),
    ["See it full, over a simulated market", `${program} demo --port 0`],
  ];
}

function shortened(paths: readonly string[], program: string): string[] {
  const more = paths.length - foldersMax;
  return more <= 0 ? [...paths] : [...paths.slice(0, foldersMax), `and ${more} more, listed by ${program} status`];
}
