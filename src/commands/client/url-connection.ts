import { tokenFrom } from "../../config/environment";
import { codeOf } from "../../core/system-error";
import { Failed, Unreachable } from "../exit";
import { learnDate } from "../print/desk-clock";
import { remark } from "../print/print";
import { describeProblem } from "./problem";
import type { Connection, RequestInit } from "./rest";

/** What the API says of a simulation, on every answer. */
const demoHeader = "x-virtuoso-mode";

/** To a daemon behind an address, with the token in VIRTUOSO_TOKEN. */
export class UrlConnection implements Connection {
  readonly #token = tokenFrom();

  #demoNoted = false;

  constructor(readonly url: string) {}

  /** What opens a WebSocket with the same token. */
  get socketProtocols(): string[] {
    return this.#token === undefined ? [] : ["virtuoso", `bearer.${this.#token}`];
  }

  async send(path: string, init: RequestInit, withinMs: number): Promise<Response> {
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
      learnDate(response.headers.get("date"));
      return response;
    } catch (error) {
      throw new Unreachable(`no daemon answers at ${this.url} (${codeOf(error) ?? String(error)})`);
    }
  }

  refusal(status: number, body: unknown): Failed {
    if (status === 401)
      return new Failed(
        this.#token === undefined
          ? `${this.url} asks for an account: set VIRTUOSO_TOKEN`
          : `${this.url} refused the token in VIRTUOSO_TOKEN: it is wrong, revoked or expired`,
      );
    if (status === 403) return new Failed(`${this.url}: the token in VIRTUOSO_TOKEN does not allow this`);
    return new Failed(describeProblem(body) ?? `${this.url} answered ${status}, which is not how virtuoso answers`);
  }

  lacking(path: string): Failed {
    return new Failed(`${this.url} has no ${path}: is it the address of a virtuoso daemon?`);
  }

  misunderstood(): Failed {
    return new Failed(
      `${this.url} answered in a way this version does not understand: is it another version, or no virtuoso?`,
    );
  }

  #noteDemo({ headers }: Response): void {
    if (this.#demoNoted || headers.get(demoHeader) === null) return;
    this.#demoNoted = true;
    remark("DEMO: everything here is simulated");
  }
}
