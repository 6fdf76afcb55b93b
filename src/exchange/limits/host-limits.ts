import { Rest } from "./rest";
import type { PublishedLimit } from "./published";
import { RequestBudget } from "./request-budget";

/** What is to be kept to with one host, whoever sends requests to it. */
export interface HostLimit {
  readonly rest: Rest;
  /** Null where nothing published is known of it, or nothing is to be kept to. */
  budget(limit: PublishedLimit | null, now: number): RequestBudget | null;
}

/** An exchange counts an address' requests over all its markets: two that are configured of one host share its limits and its bans. */
export class HostLimits {
  readonly #hosts = new Map<string, HostLimit>();

  of(origin: string): HostLimit {
    const known = this.#hosts.get(origin) ?? createHostLimit();
    this.#hosts.set(origin, known);
    return known;
  }
}

function createHostLimit(): HostLimit {
  let budget: RequestBudget | null = null;
  return {
    rest: new Rest(),
    budget(limit, now) {
      if (limit === null) return null;
      budget ??= new RequestBudget(limit, now);
      return budget;
    },
  };
}
