/** Error codes of the operating system and of SQLite, in plain words. */
const words: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "no such file or folder",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EEXIST: "it is there already",
  ENOTEMPTY: "the folder is not empty",
  ENOSPC: "no space left on the device",
  EDQUOT: "the account's share of the disk is used up",
  EFBIG: "the file is too large",
  EROFS: "the disk can only be read",
  EIO: "the device fails",
  ELOOP: "its links go round in circles",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EBUSY: "it is in use",
  ETXTBSY: "it is in use",
  EXDEV: "it is on another disk",
  ENOTSUP: "the disk cannot do this",
  EOPNOTSUPP: "the disk cannot do this",
  SQLITE_FULL: "no space left on the device",
  SQLITE_BUSY: "another program holds it",
  SQLITE_LOCKED: "another program holds it",
  SQLITE_READONLY: "it can only be read",
  SQLITE_CANTOPEN: "it cannot be opened",
  SQLITE_PERM: "permission denied",
  SQLITE_IOERR: "the device fails",
  SQLITE_CORRUPT: "it is damaged: virtuoso restore FILE puts a backup in its place",
  SQLITE_NOTADB: "it is damaged, or no database: virtuoso restore FILE puts a backup in its place",
};

/** One line for what no program can help: a full disk, a missing permission. Null where it is something else, such as a bug. */
export function systemWords(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // SQLite has extended codes, such as SQLITE_IOERR_WRITE.
  const known = words[code] ?? words[code.split("_").slice(0, 2).join("_")];
  if (known === undefined) return systemWords(error.cause);
  if (code.startsWith("SQLITE")) return `the database: ${known} (${error.message})`;
  const path = "path" in error && typeof error.path === "string" ? error.path : null;
  if (path !== null) return `${path}: ${known}`;
  return "syscall" in error && error.syscall === "write"
    ? `the output cannot be written: ${known}`
    : `${known} (${error.message})`;
}
