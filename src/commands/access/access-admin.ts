import { dirname } from "node:path";
import { z } from "zod";
import { bracketed } from "../../api/hosts";
import { Accounts, type Actor } from "../../auth/accounts";
import { ApiTokens } from "../../auth/api-tokens";
import { Links, linkUrl } from "../../auth/links";
import { Refused } from "../../auth/refused";
import type { Role } from "../../core/roles";
import { Sealer } from "../../auth/sealing";
import { loadConfig, type Config } from "../../config";
import { dataFolder } from "../../config/environment";
import { AccessStore } from "../../store/access";
import { appendAudit, type AuditEntry } from "../../store/audit";
import { openForReading, type Database } from "../../store/db";
import { signInLinkShape } from "../../views/sign-in";
import { shapeToken, tokenShape, type TokenShape } from "../../views/tokens";
import { accountShape, shapeAccount, type AccountShape } from "../../views/users";
import { daemonFor } from "../client/daemon";
import { openToWrite } from "../client/open-to-write";
import type { Rest } from "../client/rest";
import { Failed } from "../exit";
import type { RemoteOptions } from "../options";
import { nameOfUser } from "./name-of-user";

/** Accounts, tokens and links, as far as the caller may administer them. */
export interface AccessAdmin {
  /** False: it was written for the next start. */
  readonly running: boolean;
  users(): Promise<readonly AccountShape[]>;
  addUser(name: string, role: Role, password: string): Promise<void>;
  removeUser(name: string): Promise<void>;
  tokens(): Promise<readonly TokenShape[]>;
  createToken(name: string, role: Role, expiresAt: number | null): Promise<string>;
  revokeToken(name: string): Promise<void>;
  signInLink(): Promise<string>;
}

/** Through the daemon where one runs, so that it holds at once; else straight on the database. */
export async function openAccessAdmin(options: RemoteOptions): Promise<AccessAdmin> {
  const daemon = await daemonFor(options);
  return daemon === null ? onDatabase(options) : throughDaemon(daemon);
}

function throughDaemon(daemon: Rest): AccessAdmin {
  return {
    running: true,
    users: async () => (await daemon.get("/api/users", listOf(accountShape))).items,
    addUser: async (username, role, password) =>
      void (await daemon.post("/api/users", { username, role, password }, accountShape)),
    removeUser: (name) => daemon.remove(`/api/users/${encodeURIComponent(name)}`),
    tokens: async () => (await daemon.get("/api/tokens", listOf(tokenShape))).items,
    createToken: async (name, role, expiresAt) => {
      const expires = expiresAt === null ? {} : { expires_at: new Date(expiresAt).toISOString() };
      return (await daemon.post("/api/tokens", { name, role, ...expires }, z.object({ token: z.string() }))).token;
    },
    revokeToken: (name) => daemon.remove(`/api/tokens/${encodeURIComponent(name)}`),
    signInLink: async () => (await daemon.post("/api/owner/signin-link", {}, signInLinkShape)).url,
  };
}

function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) });
}

function onDatabase(options: RemoteOptions): AccessAdmin {
  const data = dataFolder(options.data);
  const actor: Actor = { who: nameOfUser(), from: "command line" };
  const reading = async <T>(work: (access: StoredAccess) => T): Promise<T> => {
    using database = openForReading(data);
    return work(accessOn(database));
  };
  const writing = async <T>(work: (access: StoredAccess) => T | Promise<T>): Promise<T> => {
    using database = await openToWrite(data, "virtuoso");
    return await withPlainErrors(async () => await work(accessOn(database)));
  };
  return {
    running: false,
    users: () => reading(({ accounts }) => accounts.all().map(shapeAccount)),
    addUser: (name, role, password) =>
      writing(async ({ accounts }) => void (await accounts.add({ name, role, password }, actor))),
    removeUser: (name) => writing(({ accounts }) => accounts.remove(name, actor, true)),
    tokens: () =>
      reading(({ accounts, tokens }) => {
        const names = accounts.all();
        return tokens.all().map((row) => shapeToken(row, names, tokens.lastUsed(row)));
      }),
    createToken: (name, role, expiresAt) =>
      writing(({ tokens }) => tokens.create({ name, role, expiresAt, accountId: null }, actor).token),
    revokeToken: (name) => writing(({ tokens }) => tokens.revoke(name, actor)),
    signInLink: async () => linkUrl(rootOf(await loadConfig(options)), await writing(({ links }) => links.create())),
  };
}

interface StoredAccess {
  readonly accounts: Accounts;
  readonly tokens: ApiTokens;
  readonly links: Links;
}

function accessOn(database: Database): StoredAccess {
  const deps = {
    store: new AccessStore(database),
    sealer: new Sealer(dirname(database.path)),
    now: Date.now,
    audit: (entry: AuditEntry) => void appendAudit(database, entry),
    changed: () => undefined,
  };
  return { accounts: new Accounts(deps), tokens: new ApiTokens(deps), links: new Links(deps) };
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
