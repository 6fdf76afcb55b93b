import { dirname } from "node:path";
import { Accounts, type Actor } from "../../auth/accounts";
import { ApiTokens } from "../../auth/api-tokens";
import { Links, linkUrl } from "../../auth/links";
import { OwnerAccess, type AccountView, type TokenView } from "../../auth/owner-access";
import { Refused } from "../../auth/refused";
import type { Role } from "../../auth/roles";
import { bracketed } from "../../api/hosts";
import { loadConfig, type Config } from "../../config";
import { dataFolder } from "../../config/environment";
import { AccessStore } from "../../store/access";
import { openForReading, type Database } from "../../store/db";
import { appendAudit, type AuditEntry } from "../../store/audit";
import { Sealer } from "../../auth/sealing";
import { Control } from "../client/control";
import { openToWrite } from "../client/open-to-write";
import { Failed } from "../exit";
import type { RemoteOptions } from "../options";
import { nameOfUser } from "./name-of-user";

/** Accounts, tokens and links as the machine's owner keeps them. */
export interface AccessAdmin extends Disposable {
  /** False: it was written for the next start. */
  readonly running: boolean;
  users(): Promise<readonly AccountView[]>;
  addUser(name: string, role: Role, password: string): Promise<void>;
  removeUser(name: string): Promise<void>;
  tokens(): Promise<readonly TokenView[]>;
  createToken(name: string, role: Role, expiresAt: number | null): Promise<string>;
  revokeToken(name: string): Promise<void>;
  signInLink(): Promise<string>;
}

/** Through the daemon where one runs, so that it holds at once; else straight on the database. */
export async function openAccessAdmin(options: RemoteOptions): Promise<AccessAdmin> {
  if (options.url !== undefined) return (await import("./remote-access-admin")).remoteAccessAdmin(options.url);
  const control = new Control(dataFolder(options.data));
  return (await control.status()) === null ? onDatabase(options) : throughDaemon(control);
}

function throughDaemon(control: Control): AccessAdmin {
  const who = nameOfUser();
  return {
    running: true,
    users: async () => answered(await control.users()),
    addUser: async (name, role, password) => void answered(await control.addUser({ name, role, password, who })),
    removeUser: async (name) => void answered(await control.removeUser({ name, who })),
    tokens: async () => answered(await control.tokens()),
    createToken: async (name, role, expiresAt) =>
      answered(await control.createToken({ name, role, expires_at: expiresAt, who })).token,
    revokeToken: async (name) => void answered(await control.revokeToken({ name, who })),
    signInLink: async () => answered(await control.signInLink()).url,
    [Symbol.dispose]: () => undefined,
  };
}

function answered<T>(answer: T | null): T {
  if (answer === null) throw new Failed("the daemon went away: try again");
  return answer;
}

function onDatabase(options: RemoteOptions): AccessAdmin {
  const data = dataFolder(options.data);
  const actor: Actor = { who: nameOfUser(), from: "command line" };
  const reading = async <T>(work: (access: OwnerAccess) => T): Promise<T> => {
    using database = openForReading(data);
    return work(accessOn(database));
  };
  const writing = async <T>(work: (access: OwnerAccess) => T | Promise<T>): Promise<T> => {
    using database = await openToWrite(data, "virtuoso");
    return await withPlainErrors(async () => await work(accessOn(database)));
  };
  return {
    running: false,
    users: () => reading((access) => access.users()),
    addUser: (name, role, password) =>
      writing(async (access) => void (await access.addUser({ name, role, password }, actor))),
    removeUser: (name) => writing((access) => access.removeUser(name, actor)),
    tokens: () => reading((access) => access.apiTokens()),
    createToken: (name, role, expiresAt) => writing((access) => access.createToken({ name, role, expiresAt }, actor)),
    revokeToken: (name) => writing((access) => access.revokeToken(name, actor)),
    signInLink: async () => linkUrl(rootOf(await loadConfig(options)), await writing((access) => access.createLink())),
    [Symbol.dispose]: () => undefined,
  };
}

function accessOn(database: Database): OwnerAccess {
  const deps = {
    store: new AccessStore(database),
    sealer: new Sealer(dirname(database.path)),
    now: Date.now,
    audit: (entry: AuditEntry) => void appendAudit(database, entry),
    changed: () => undefined,
  };
  return new OwnerAccess({ accounts: new Accounts(deps), tokens: new ApiTokens(deps), links: new Links(deps) });
}

function rootOf({ publicUrl, tls, host, port, basePath }: Config): string {
  return publicUrl ?? `${tls ? "https" : "http"}://${bracketed(host)}:${port}${basePath}`;
}

async function withPlainErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) throw new Failed(error.message);
    throw error;
  }
}
