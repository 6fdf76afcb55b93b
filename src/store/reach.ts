/** How far a look may go: `near` no further than the newest rows, `far` over all that is kept. */
export type Reach = "near" | "far";

/** So many rows are looked at in a few milliseconds, whatever is asked of them. */
export const newestRows = 2000;

/** What was asked for lies further back than a near look goes, or is not there at all: a far one would find out. */
export class TooFar extends Error {
  override readonly name = "TooFar";
  constructor(what: string) {
    super(`${what} needs a look at more than the newest ${newestRows} rows`);
  }
}
