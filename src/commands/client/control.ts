import { z } from "zod";
import type { AccountView, TokenView } from "../../auth/owner-access";
import { roles, type Role } from "../../auth/roles";
import { controlSocketPath } from "../../daemon/control-socket";
import { retriedShape, type RetriedFile } from "../../views/retried";
import { scannerRunShape, type ScannerRun } from "../../views/scanner-run";
import { sourceShape } from "../../views/sources";
import { Failed, Unreachable } from "../exit";
import { describeProblem } from "./problem";

const answersWithinMs = 10_000;

/** The slowest scan may take five minutes. */
export const scanWithinMs = 6 * 60_000;

/** What a file that is no living socket answers. */
const refusedCodes = new Set(["ENOENT", "ENOTDIR", "ECONNREFUSED", "ENAMETOOLONG"]);

/** A setting's value, where it comes from, and what it shadows. */
export const originShape = z.object({
  path: z.string(),
  value: z.unknown(),
  origin: z.enum(["runtime", "file", "default"]),
  shadowed: z.unknown(),
});

/** How it is reached: a setting, and who said so. */
const serverSettingShape = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.array(z.string()).readonly()]).nullable(),
  origin: z.string(),
});

const daemonStatusShape = z.object({
  status: z.string(),
  pid: z.number(),
  version: z.string(),
  url: z.string(),
  fault: z.string().nullable(),
  sources: z.array(sourceShape),
  counts: z.record(z.string(), z.number()),
  troubles: z.array(z.string()),
  system: z.object({ uptime: z.string(), uptime_seconds: z.number() }),
  checks: z.record(z.string(), z.object({ status: z.string(), message: z.string() })),
  proxy_mistakes: z.array(z.object({ kind: z.string(), message: z.string(), times: z.number(), last_at: z.string() })),
  runs_with: z.object({
    config: z.string().nullable(),
    config_refused: z.string().nullable(),
    restart_needed: z.array(z.string()),
    host: z.string(),
    public_url: z.string().nullable(),
    tls: z.boolean(),
    certificate_files: z.object({ cert: z.string(), key: z.string() }).nullable(),
    proxies: z.array(z.string()),
    allowed_hosts: z.array(z.string()),
    server: z.array(serverSettingShape),
    auth: z.enum(["required", "off"]),
    sources: z.array(z.object({ name: z.string(), dir: z.string(), create: z.boolean(), zone: z.string() })),
    backup_dir: z.string(),
    origins: z.array(originShape),
  }),
});
export type DaemonStatus = z.infer<typeof daemonStatusShape>;

const namedShape = z.object({ name: z.string() });
const accountShape = z.object({
  name: z.string(),
  role: z.enum(roles),
  second_factor: z.boolean(),
  created_at: z.string(),
  last_sign_in_at: z.string().nullable(),
});
const tokenShape = z.object({
  name: z.string(),
  role: z.enum(roles),
  account: z.string().nullable(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
});

/** The daemon that runs on a data folder, over its socket there. Every answer is null where none runs. */
export class Control {
  readonly #socket: string;

  constructor(data: string) {
    this.#socket = controlSocketPath(data);
  }

  status(): Promise<DaemonStatus | null> {
    return this.#request("/status", { method: "GET" }, daemonStatusShape);
  }

  changeConfig(change: {
    readonly patch?: object;
    readonly unset?: readonly string[];
    readonly who: string;
  }): Promise<object | null> {
    return this.#post("/config", change, z.object({ config: z.object({}).loose() }));
  }

  /** Runs a scanner now, and waits for it. */
  scan(name: string): Promise<ScannerRun | null> {
    return this.#request(
      "/scan",
      { method: "POST", body: JSON.stringify({ name }), headers: { "content-type": "application/json" } },
      scannerRunShape,
      scanWithinMs,
    );
  }

  async retryQuarantine(file: string | undefined): Promise<readonly RetriedFile[] | null> {
    const answer = await this.#post("/quarantine/retry", file === undefined ? {} : { file }, retriedShape);
    return answer?.items ?? null;
  }

  confirmClock(who: string): Promise<{ now: string; ahead_seconds: number } | null> {
    return this.#post("/clock/confirm", { who }, z.object({ now: z.string(), ahead_seconds: z.number() }));
  }

  async users(): Promise<readonly AccountView[] | null> {
    return (
      (await this.#request("/users", { method: "GET" }, z.object({ items: z.array(accountShape) })))?.items ?? null
    );
  }

  addUser(wanted: {
    readonly name: string;
    readonly role: Role;
    readonly password: string;
    readonly who: string;
  }): Promise<object | null> {
    return this.#post("/users", wanted, namedShape);
  }

  removeUser(wanted: { readonly name: string; readonly who: string }): Promise<object | null> {
    return this.#post("/users/remove", wanted, namedShape);
  }

  async tokens(): Promise<readonly TokenView[] | null> {
    return (await this.#request("/tokens", { method: "GET" }, z.object({ items: z.array(tokenShape) })))?.items ?? null;
  }

  createToken(wanted: {
    readonly name: string;
    readonly role: Role;
    readonly expires_at: number | null;
    readonly who: string;
  }): Promise<{ token: string } | null> {
    return this.#post("/tokens", wanted, z.object({ token: z.string() }));
  }

  revokeToken(wanted: { readonly name: string; readonly who: string }): Promise<object | null> {
    return this.#post("/tokens/revoke", wanted, namedShape);
  }

  signInLink(): Promise<{ url: string } | null> {
    return this.#post("/signin-link", {}, z.object({ url: z.string() }));
  }

  #post<T>(path: string, body: object, shape: z.ZodType<T>): Promise<T | null> {
    return this.#request(
      path,
      { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } },
      shape,
    );
  }

  /** Throws Unreachable where a daemon runs and does not answer, Failed where it refuses. */
  async #request<T>(
    path: string,
    init: { method: string; body?: string; headers?: Record<string, string> },
    shape: z.ZodType<T>,
    withinMs = answersWithinMs,
  ): Promise<T | null> {
    let response: Response;
    try {
      response = await fetch(`http://virtuoso${path}`, {
        ...init,
        unix: this.#socket,
        signal: AbortSignal.timeout(withinMs),
      });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (refusedCodes.has(code)) return null;
      throw new Unreachable(
        `the daemon at ${this.#socket} does not answer: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) throw new Failed(describeProblem(body) ?? `the daemon answered ${response.status}`);
    const parsed = shape.safeParse(body);
    if (!parsed.success) throw new Failed("the running daemon is of another version: restart it");
    return parsed.data;
  }
}
