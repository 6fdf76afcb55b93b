/** A channel as far as planning goes. */
export interface ChannelTarget {
  readonly name: string;
  /** machines are sent every change; people what they have to know. */
  readonly audience: "people" | "machines";
  /** Whether a message that was accepted can be changed afterwards. */
  readonly edits: boolean;
}
