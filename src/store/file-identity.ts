import { statSync } from "node:fs";

/** Which file stands at a path; null where none does. A database whose file is gone would be written to nowhere. */
export function fileIdentity(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.dev}:${stats.ino}` : null;
}
