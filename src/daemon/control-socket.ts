import type { Server } from "bun";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "./start-error";

export function controlSocketPath(data: string): string {
  return join(data, "control.sock");
}

/**
 * Clears away what a dead daemon left. Throws StartError where one answers all the same: of a version that knew no lock,
 * or with its lock removed.
 */
export async function clearDeadSocket(data: string): Promise<void> {
  const path = controlSocketPath(data);
  if (!existsSync(path)) return;
  if (await answers(path))
    throw new StartError(`another daemon runs on the data folder ${data}: stop it, or name another folder with --data`);
  try {
    rmSync(path, { force: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`${path} is in the way of the control socket and cannot be removed (${why}): take it away`);
  }
}

type Answer = (request: Request) => Response | Promise<Response>;

/**
 * Where the machine's owner is answered: only their account may open it. Its constructor throws StartError where none
 * can be made there.
 */
export class ControlSocket implements Disposable {
  #server: Server<undefined>;

  constructor(
    private readonly data: string,
    private answer: Answer,
  ) {
    this.#server = this.#listen();
  }

  /** From now on these are the answers. */
  answerWith(answer: Answer): void {
    this.answer = answer;
  }

  /** Makes it anew where it was removed; true where that was so. Throws StartError. */
  keep(): boolean {
    if (existsSync(controlSocketPath(this.data))) return false;
    void this.#server.stop();
    this.#server = this.#listen();
    return true;
  }

  [Symbol.dispose](): void {
    void this.#server.stop(true);
  }

  #listen(): Server<undefined> {
    return listenForControl(this.data, (request) => this.answer(request));
  }
}

function listenForControl(data: string, fetch: Answer): Server<undefined> {
  // The mode is there from the first moment, not a moment later.
  const before = process.umask(0o177);
  try {
    return Bun.serve({ unix: controlSocketPath(data), fetch });
  } catch (error) {
    const why = `${controlSocketPath(data)} cannot be made (${error instanceof Error ? error.message : String(error)})`;
    throw new StartError(`${why}: the data folder must be on a disk that takes sockets`);
  } finally {
    process.umask(before);
  }
}

async function answers(path: string): Promise<boolean> {
  try {
    await fetch("http://daemon/healthz", { unix: path, signal: AbortSignal.timeout(2000) });
    return true;
  } catch (error) {
    // Busy is alive; refused is dead.
    return error instanceof Error && error.name === "TimeoutError";
  }
}
