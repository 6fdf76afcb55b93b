import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { randomInt } from "node:crypto";
import { dirname, join } from "node:path";
import type { Database } from "bun:sqlite";

/** How a database was found by who is about to write to it. */
export interface Arrival {
  /** It is not the one that was written here last: a restored copy, or one that was moved here. */
  readonly copiedIn: boolean;
  /** Where the log of another database went that lay beside it; null where there was none. */
  readonly setAside: string | null;
}

/**
 * What was last written to here. Every writer puts a new stamp into the database's header (user_version) and beside it,
 * so that neither a copy put in its place nor a log that outlived its database is taken for its own.
 */
interface Identity {
  readonly stamp: number;
  /** The one before: the new one reaches the file itself only with the next checkpoint. */
  readonly previous: number;
  /** The file's inode: the same content in another file was copied. */
  readonly inode: number;
}

const headerBytes = 100;
const walHeaderBytes = 32;
const frameHeaderBytes = 24;
const walVersion = 2;

/** Before it is opened: whether it is the one last written here, and a log that is another's is moved out of its way. */
export function receive(path: string, now: number): Arrival {
  const header = headerOf(path);
  const identity = identityBeside(path);
  const stray = isStray(path, header, identity);
  const setAside = stray ? setLogAside(path, now) : null;
  if (header === null) return { copiedIn: false, setAside };
  const known = identity !== null && stampsOf(identity).has(header.stamp) && statSync(path).ino === identity.inode;
  return { copiedIn: stray || header.rollback || !known, setAside };
}

/** Once it is open: from now on this is the database of its folder. `durable`: it must outlast a power cut. */
export function stamp(path: string, raw: Database, durable: boolean): void {
  const { user_version: previous } = raw.query<{ user_version: number }, []>("PRAGMA user_version").get() ?? {
    user_version: 0,
  };
  const fresh = randomInt(1, 2 ** 31 - 1);
  writeIdentity(path, { stamp: fresh, previous, inode: statSync(path).ino }, durable);
  raw.run(`PRAGMA user_version = ${fresh}`);
  raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

/** A copy stands where a log of another database still lies: read with it, it would be rubbish. Costs a look at a hundred bytes. */
export function isCopyBesideStrayLog(path: string): boolean {
  return hasLog(path) && (headerOf(path)?.rollback ?? false);
}

/** SQLite keeps what was not yet taken over into the database beside it. */
export function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > walHeaderBytes;
}

interface Header {
  /** Not in WAL mode, in which every writer here keeps it: a whole copy, made by VACUUM INTO or by hand. */
  readonly rollback: boolean;
  readonly stamp: number;
}

/** Null where there is no database, or an empty one. */
function headerOf(path: string): Header | null {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < headerBytes) return null;
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(headerBytes);
    readSync(file, bytes, 0, headerBytes, 0);
    return { rollback: bytes[18] !== walVersion, stamp: bytes.readInt32BE(60) };
  } finally {
    closeSync(file);
  }
}

/** Whether the log beside it belongs to another database, or to none. */
function isStray(path: string, header: Header | null, identity: Identity | null): boolean {
  if (!hasLog(path)) return false;
  if (header === null || header.rollback) return true;
  const expected = identity === null ? null : stampsOf(identity);
  const logged = stampsInLog(`${path}-wal`);
  // The log says itself which database it is of wherever it holds the first page.
  if (logged.size > 0)
    return (
      !logged.has(header.stamp) &&
      !(expected !== null && expected.has(header.stamp) && logged.intersection(expected).size > 0)
    );
  return expected !== null && !expected.has(header.stamp);
}

function stampsOf({ stamp: current, previous }: Identity): Set<number> {
  return new Set([current, previous]);
}

/** The stamps of all first pages in a log. Layout: https://www.sqlite.org/fileformat2.html#walformat */
function stampsInLog(path: string): Set<number> {
  const stamps = new Set<number>();
  const file = openSync(path, "r");
  try {
    const header = Buffer.alloc(walHeaderBytes);
    readSync(file, header, 0, walHeaderBytes, 0);
    const pageBytes = header.readUInt32BE(8);
    const frame = Buffer.alloc(frameHeaderBytes);
    if (pageBytes < 512 || pageBytes > 65_536) return stamps;
    for (
      let at = walHeaderBytes;
      readSync(file, frame, 0, frameHeaderBytes, at) === frameHeaderBytes;
      at += frameHeaderBytes + pageBytes
    ) {
      // Frames of an earlier round lie behind those of this one, under another salt.
      if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) break;
      if (frame.readUInt32BE(0) !== 1) continue;
      const stamped = Buffer.alloc(4);
      if (readSync(file, stamped, 0, 4, at + frameHeaderBytes + 60) === 4) stamps.add(stamped.readInt32BE(0));
    }
    return stamps;
  } finally {
    closeSync(file);
  }
}

/** Answers where it is now: nothing is thrown away. */
function setLogAside(path: string, now: number): string {
  const folder = asideFolder(path, now);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  renameSync(`${path}-wal`, join(folder, "virtuoso.db-wal"));
  rmSync(`${path}-shm`, { force: true });
  return folder;
}

/** Where what stood in the way of a copy is kept: beside the database, by time. */
export function asideFolder(path: string, now: number): string {
  const wanted = join(
    dirname(path),
    `set-aside-${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-")}`,
  );
  for (let n = 1; ; n++) {
    const folder = n === 1 ? wanted : `${wanted}-${n}`;
    if (!existsSync(folder)) return folder;
  }
}

function identityPath(path: string): string {
  return join(dirname(path), "identity");
}

/** Null where nothing was written here before, or by an earlier version: then it is not known to be the same. */
function identityBeside(path: string): Identity | null {
  if (!existsSync(identityPath(path))) return null;
  const [, current, previous, inode] =
    /^(-?\d+) (-?\d+) (\d+)$/.exec(readFileSync(identityPath(path), "utf8").trim()) ?? [];
  return inode === undefined ? null : { stamp: Number(current), previous: Number(previous), inode: Number(inode) };
}

function writeIdentity(path: string, { stamp: current, previous, inode }: Identity, durable: boolean): void {
  const target = identityPath(path);
  const file = openSync(`${target}.part`, "w", 0o600);
  try {
    writeSync(file, `${current} ${previous} ${inode}\n`);
    if (durable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${target}.part`, target);
}
