import { brokenChannels } from "../../core/decide/rules/channel-broken";
import type { DaemonParts } from "../../daemon/parts";
import type { Outcome } from "../../notify/channels/channel";
import type { Keeper } from "./keeper";

/** Says by an alert, which goes to the other channels, that one takes nothing; and that it works again, or is no more. */
export class BrokenChannels {
  readonly #said: Set<string>;

  constructor(
    private readonly parts: Pick<DaemonParts, "storeWriter" | "now">,
    private readonly keeper: Keeper,
  ) {
    this.#said = new Set(brokenChannels(parts.storeWriter.state));
  }

  /** Null: it works. */
  note(channel: string, broken: Extract<Outcome, { outcome: "broken" }> | null): void {
    if (broken === null && !this.#said.delete(channel)) return;
    if (broken !== null) this.#said.add(channel);
    this.#submit(channel, broken);
  }

  /** From now on these are the channels. */
  follow(names: readonly string[]): void {
    for (const channel of this.#said)
      if (!names.includes(channel)) {
        this.#said.delete(channel);
        this.#submit(channel, null, true);
      }
  }

  #submit(channel: string, broken: Extract<Outcome, { outcome: "broken" }> | null, isRemoved = false): void {
    void this.keeper.submit({
      observation: {
        kind: "channel-fared",
        channel,
        broken: broken?.answer ?? null,
        advice: broken?.advice ?? null,
        receivedAt: this.parts.now(),
        ...(isRemoved && { removed: true as const }),
      },
      file: null,
    });
  }
}
