import type { AlertShape } from "../wire";

/** What someone can do with an alert as it stands. */
export interface Offered {
  /** Someone has it or may: to acknowledge it, or to give it back. Null where it has ended. */
  readonly hold: "acknowledge" | "unacknowledge" | null;
  /** A state is ended by hand; an event ends by itself. */
  readonly resolve: boolean;
}

export function offeredFor({ state, kind }: Pick<AlertShape, "state" | "kind">): Offered {
  if (state !== "open" && state !== "acknowledged") return { hold: null, resolve: false };
  return { hold: state === "open" ? "acknowledge" : "unacknowledge", resolve: kind === "state" };
}
