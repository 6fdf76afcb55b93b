import { codeOf } from "../core/system-error";

/** Another device's empty folder stands where reports were. */
export class Unmounted extends Error {}

/** Why a folder cannot be read or watched, for a person. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof Unmounted) return "it is empty and on another device: unmounted?";
  return codesInWords.get(codeOf(error) ?? "") ?? (error instanceof Error ? error.message : String(error));
}

const codesInWords: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such folder"],
  ["ENOTDIR", "it is not a folder"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["ENOSPC", "the system allows no more watches (ENOSPC)"],
  ["EMFILE", "the system allows no more watchers or open files (EMFILE)"],
  ["ENFILE", "the system has no open files left (ENFILE)"],
]);
