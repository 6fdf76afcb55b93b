import type { Entry } from "../read/entry";
import type { Read } from "../read/read";

/** One format of reports: how it is recognised, and how it is read. Stands in the index; the contract suite runs over it. */
export interface Parser {
  /** In plain words, such as "market report": `virtuoso read` shows who read a file. */
  readonly name: string;
  /** Whether an entry is of this format. Never throws. The first parser of the index that claims an entry reads it. */
  claims(entry: Entry): boolean;
  /**
   * What the entry says, or its refusal. Never throws, whatever it is given: every number and every text it answers stands
   * in the report, its name or its file's time, or follows from them by a rule that the contract suite knows.
   */
  read(entry: Entry): Read;
}
