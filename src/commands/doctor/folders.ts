import { constants, type Stats } from "node:fs";
import { access, stat } from "node:fs/promises";
import { codeOf } from "../../core/system-error";
import { failed, ok, warning, type DoctorCheck, type Finding } from "./finding";

/** Not there, and nothing wrong with that by itself. */
const missing = "missing";
const denied = "permission denied";
const writableByOthers = 0o002;
const { R_OK, W_OK, X_OK } = constants;

export const checkFolders: DoctorCheck = async ({ data, served }) => {
  const sources = served?.sources ?? [];
  return await Promise.all([
    checkData(data),
    ...sources.map(({ name, dir, create }) => checkReports(name, dir, create)),
  ]);
};

async function checkData(dir: string): Promise<Finding> {
  const found = await statOf(dir, R_OK | W_OK | X_OK);
  if (found === missing) return ok("data folder", `${dir} does not exist yet, it is made at the first start`);
  if (found === denied && (await isOfAnother(dir)))
    return ok("data folder", `${dir} is for another account, as which the daemon runs; this one may only read it`);
  if (typeof found === "string") return failed("data folder", `${dir}: ${found}`);
  if ((found.mode & writableByOthers) !== 0)
    return warning("data folder", `${dir} can be written by every account of this machine: chmod o-w ${dir}`);
  return ok("data folder", `${dir} can be written`);
}

/** Somebody else's, and open to this account as far as reading goes. */
async function isOfAnother(dir: string): Promise<boolean> {
  return (await statOf(dir, R_OK | X_OK)) !== denied && (await stat(dir)).uid !== process.getuid?.();
}

async function checkReports(name: string, dir: string, create: boolean): Promise<Finding> {
  const subject = `folder of ${name}`;
  const found = await statOf(dir, R_OK | X_OK);
  if (found === missing)
    return create
      ? ok(subject, `${dir} does not exist yet, it is made at the first start`)
      : failed(subject, `${dir} does not exist; it is waited for`);
  return typeof found === "string" ? failed(subject, `${dir}: ${found}`) : ok(subject, `${dir} can be read`);
}

async function statOf(dir: string, mode: number): Promise<Stats | string> {
  try {
    const stats = await stat(dir);
    if (!stats.isDirectory()) return "it is not a folder";
    await access(dir, mode);
    return stats;
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return missing;
    return code === "EACCES" || code === "EPERM" ? denied : (code ?? String(error));
  }
}
