import type { Unsequenced } from "./core/observation";
import type { FileRead, Recorded, StoreWriter } from "./store/writer";
import type { Event } from "./views/frames";

/** An observation on its way in, and for a report how its file was read. */
export interface Observed {
  readonly observation: Unsequenced;
  readonly file: FileRead | null;
  /** Called with what became of it, before the commit that may still fail. */
  readonly recorded?: (recorded: Recorded) => void;
}

/** An observation, or something to be kept that nothing is decided about. */
export type Submission = Observed | { readonly mark: Mark };

/** Writes in the commit under way; what it publishes takes its place in the order. */
export type Mark = (storeWriter: StoreWriter, publish: (event: (seq: number) => Event) => void) => void;
