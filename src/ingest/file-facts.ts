import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import type { FileFacts } from "./ports";
import { isGone } from "../core/system-error";

/** What a file looks like; null where it is gone. Throws what the file system throws otherwise. */
export async function factsOf(path: string | Buffer): Promise<FileFacts | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { size, modifiedAt: mtimeMs };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/**
 * Which folder stands at a path. A file system gives the inode of a deleted folder to the next one made: its birth sets
 * them apart.
 */
export interface FolderIdentity {
  readonly device: number;
  readonly inode: number;
  readonly bornAt: number;
}

export function identityOf({ dev, ino, birthtimeMs }: Stats): FolderIdentity {
  return { device: dev, inode: ino, bornAt: birthtimeMs };
}
