import type { RefusalReason } from "../../core/reading";

/** Why something could not be read, before it is known which report and element it belongs to. */
export class ParseError {
  constructor(
    readonly reason: RefusalReason,
    /** One sentence for a person. */
    readonly detail: string,
  ) {}
}
