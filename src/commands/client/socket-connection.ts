import { encodeUser, userHeader, versionHeader } from "../../api/control-headers";
import { controlSocketPath } from "../../daemon/control-socket";
import { codeOf } from "../../core/system-error";
import { version } from "../../version";
import { nameOfUser } from "../access/name-of-user";
import { Failed, Unreachable } from "../exit";
import { learnDate } from "../print/desk-clock";
import { describeProblem } from "./problem";
import type { Connection, RequestInit } from "./rest";

const answersWithinMs = 10_000;
const clockWithinMs = 500;

/** What a file that is no living socket answers. */
const refusedCodes = new Set(["ENOENT", "ENOTDIR", "ECONNREFUSED", "ENAMETOOLONG"]);

/** To the daemon that runs on a data folder, as its owner. */
export class SocketConnection implements Connection {
  readonly #socket: string;

  constructor(data: string) {
    this.#socket = controlSocketPath(data);
  }

  /** False where no daemon runs. Throws Unreachable where one does and does not answer. */
  async isOpen(): Promise<boolean> {
    return (await this.#fetch("/healthz", {}, answersWithinMs)) !== null;
  }

  /** For the ages of what is read beside it: where it does not say at once, they are counted without. */
  async learnClock(): Promise<void> {
    await this.#fetch("/healthz", {}, clockWithinMs).catch(() => null);
  }

  async send(path: string, init: RequestInit, withinMs: number): Promise<Response> {
    const response = await this.#fetch(path, init, withinMs);
    if (response === null) throw new Failed("the daemon went away: try again");
    // One of another version has other paths.
    if (response.status === 404 && response.headers.get(versionHeader) !== version) throw this.misunderstood();
    return response;
  }

  refusal(status: number, body: unknown): Failed {
    return new Failed(describeProblem(body) ?? `the daemon answered ${status}`);
  }

  lacking(): Failed {
    return this.misunderstood();
  }

  misunderstood(): Failed {
    return new Failed("the running daemon is of another version: restart it");
  }

  async #fetch(path: string, init: RequestInit, withinMs: number): Promise<Response | null> {
    try {
      const response = await fetch(`http://virtuoso${path}`, {
        ...init,
        headers: { [userHeader]: encodeUser(nameOfUser()), ...init.headers },
        unix: this.#socket,
        signal: AbortSignal.timeout(withinMs),
      });
      learnDate(response.headers.get("date"));
      return response;
    } catch (error) {
      if (refusedCodes.has(codeOf(error) ?? "")) return null;
      throw new Unreachable(
        `the daemon at ${this.#socket} does not answer: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
