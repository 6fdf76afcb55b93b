import type { z } from "zod";
import type { Failed } from "../exit";

const answersWithinMs = 10_000;

/** One of several values is repeated. */
type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface RequestInit {
  readonly method?: "POST" | "DELETE";
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A way to one daemon: an address, or the socket in its data folder. */
export interface Connection {
  /** Throws Unreachable where nothing answers in time. */
  send(path: string, init: RequestInit, withinMs: number): Promise<Response>;
  /** Why it refuses; `body` is the answer's JSON, null where it is none. */
  refusal(status: number, body: unknown): Failed;
  /** It does not have what a virtuoso always has. */
  lacking(path: string): Failed;
  /** It answers in another shape than this version knows. */
  misunderstood(): Failed;
}

/** The REST API of a daemon. Every method throws Unreachable where nothing answers, and Failed where it refuses. */
export class Rest {
  constructor(private readonly connection: Connection) {}

  /** What a virtuoso always has. Unset parameters are left out. */
  async get<T>(path: string, shape: z.ZodType<T>, query: Query = {}): Promise<T> {
    const found = await this.find(path, shape, query);
    if (found === null) throw this.connection.lacking(path);
    return found;
  }

  /** Null where there is no such thing. */
  async find<T>(path: string, shape: z.ZodType<T>, query: Query = {}): Promise<T | null> {
    const response = await this.#read(path, query);
    return response.status === 404 ? null : this.#parse(await accepted(this.connection, response), shape);
  }

  async post<T>(path: string, body: unknown, shape: z.ZodType<T>, withinMs = answersWithinMs): Promise<T> {
    const init = {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    } as const;
    return this.#parse(await accepted(this.connection, await this.connection.send(path, init, withinMs)), shape);
  }

  /** Takes something away. */
  async remove(path: string): Promise<void> {
    await accepted(this.connection, await this.connection.send(path, { method: "DELETE" }, answersWithinMs));
  }

  /** Ends something, and answers what it was. */
  async end<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    const response = await this.connection.send(path, { method: "DELETE" }, answersWithinMs);
    return this.#parse(await accepted(this.connection, response), shape);
  }

  #read(path: string, query: Query): Promise<Response> {
    const set = Object.entries(query).flatMap(([name, value = []]) =>
      [value].flat().map((each) => [name, String(each)]),
    );
    const search = set.length === 0 ? "" : `?${new URLSearchParams(set).toString()}`;
    return this.connection.send(`${path}${search}`, {}, answersWithinMs);
  }

  #parse<T>(body: unknown, shape: z.ZodType<T>): T {
    const parsed = shape.safeParse(body);
    if (!parsed.success) throw this.connection.misunderstood();
    return parsed.data;
  }
}

async function accepted(connection: Connection, response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  throw connection.refusal(response.status, body);
}
