import type { z } from "zod";
import { codeOf } from "../../ingest/report-file";
import { tokenFrom } from "../../config/environment";
import { Failed, Unreachable } from "../exit";
import { remark } from "../print/print";
import { describeProblem } from "./problem";

const answersWithinMs = 10_000;

type Query = Readonly<Record<string, string | number | undefined>>;

/** What the API says of a simulation, on every answer. */
const demoHeader = "x-virtuoso-mode";

/** The REST API of a daemon behind an address. Every method throws Unreachable where nothing answers, and Failed where it refuses. */
export class Rest {
  readonly #token = tokenFrom();

  #demoNoted = false;

  constructor(readonly url: string) {}

  /** What opens a WebSocket with the same token. */
  get socketProtocols(): string[] {
    return this.#token === undefined ? [] : ["virtuoso", `bearer.${this.#token}`];
  }

  /** What a virtuoso always has. Unset parameters are left out. */
  async get<T>(path: string, shape: z.ZodType<T>, query: Query = {}): Promise<T> {
    const found = await this.find(path, shape, query);
    if (found === null) throw new Failed(`${this.url} has no ${path}: is it the address of a virtuoso daemon?`);
    return found;
  }

  /** Null where there is no such thing. */
  async find<T>(path: string, shape: z.ZodType<T>, query: Query = {}): Promise<T | null> {
    const set = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    const search = set.length === 0 ? "" : `?${new URLSearchParams(set).toString()}`;
    const response = await this.#send(`${path}${search}`, {});
    return response.status === 404 ? null : this.#parse(await this.#accepted(response), shape);
  }

  async post<T>(path: string, body: unknown, shape: z.ZodType<T>, withinMs = answersWithinMs): Promise<T> {
    const response = await this.#send(
      path,
      { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } },
      withinMs,
    );
    return this.#parse(await this.#accepted(response), shape);
  }

  /** Takes something away. */
  async remove(path: string): Promise<void> {
    await this.#accepted(await this.#send(path, { method: "DELETE" }));
  }

  async #send(
    path: string,
    init: { method?: string; body?: string; headers?: Record<string, string> },
    withinMs = answersWithinMs,
  ): Promise<Response> {
    try {
      const response = await fetch(`${this.url}${path}`, {
        ...init,
        headers: {
          accept: "application/json",
          ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
          ...init.headers,
        },
        // A token goes to the address it was given for and to no other.
        redirect: "manual",
        signal: AbortSignal.timeout(withinMs),
      });
      this.#noteDemo(response);
      return response;
    } catch (error) {
      throw new Unreachable(`no daemon answers at ${this.url} (${codeOf(error) ?? String(error)})`);
    }
  }

  #noteDemo({ headers }: Response): void {
    if (this.#demoNoted || headers.get(demoHeader) === null) return;
    this.#demoNoted = true;
    remark("DEMO: everything here is simulated");
  }

  async #accepted(response: Response): Promise<unknown> {
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return body;
    if (response.status === 401)
      throw new Failed(
        this.#token === undefined
          ? `${this.url} asks for an account: set VIRTUOSO_TOKEN`
          : `${this.url} refused the token in VIRTUOSO_TOKEN: it is wrong, revoked or expired`,
      );
    if (response.status === 403) throw new Failed(`${this.url}: the token in VIRTUOSO_TOKEN does not allow this`);
    throw new Failed(
      describeProblem(body) ?? `${this.url} answered ${response.status}, which is not how virtuoso answers`,
    );
  }

  #parse<T>(body: unknown, shape: z.ZodType<T>): T {
    const parsed = shape.safeParse(body);
    if (!parsed.success)
      throw new Failed(
        `${this.url} answered in a way this version does not understand: is it another version, or no virtuoso?`,
      );
    return parsed.data;
  }
}
