import type { Command } from "commander";
import type { DeliveryState } from "../core/notify/delivery";
import { deliveryFilter } from "../store/filters/deliveries";
import type { DeliveryShape } from "../views/deliveries";
import { addFilter, chosenOf } from "./filter";
import { list } from "./listing";
import { matchOption } from "./match-option";
import {
  addListing,
  addOutput,
  addRemote,
  addTime,
  type ListOptions,
  type RemoteOptions,
  type TimeOptions,
} from "./options";
import type { Tone } from "./print/paint";
import { printItems, type Format, type Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

export function define(command: Command): void {
  const listing = command.command("list", { isDefault: true });
  addFilter(addListing(listing.description("what was sent to whom and when, and what was not")), deliveryFilter, {
    state: ["--state <state>", "in this state"],
    channel: ["--channel <name>", "to this channel"],
    purpose: ["--purpose <purpose>", "sent for this"],
    alert: ["--alert <id>", "about this alert"],
  })
    .addOption(matchOption("--match <matcher>", "about alerts that match, such as priority>=medium; may be repeated"))
    .action(async (options: ListOptions) => {
      const { since, until, limit } = options;
      const filter = { ...chosenOf(deliveryFilter, options), since, until, limit };
      await list("deliveries", options, filter, showingWith(timeFormatFor(options)));
    });
  addTime(addOutput(addRemote(command.command("retry").description("have deliveries tried at once"))))
    .argument("<id...>", "deliveries, such as n12-1f3a9c04")
    .action(retry);
}

async function retry(
  ids: readonly string[],
  options: RemoteOptions & TimeOptions & { readonly output: Format },
): Promise<void> {
  const { retryDeliveries } = await import("./deliveries/retry");
  printItems(await retryDeliveries(ids, options), options.output, showingWith(timeFormatFor(options)));
}

const tones: Readonly<Record<DeliveryState, Tone | null>> = {
  due: "notable",
  sent: "good",
  failed: "bad",
  stale: "quiet",
  withdrawn: "quiet",
  folded: "quiet",
};

function showingWith(format: FormatTime): Showing<DeliveryShape> {
  return {
    idOf: ({ id }) => id,
    none: "no deliveries match",
    columns: [
      { head: "ID", text: ({ id }) => id },
      { head: "CHANNEL", text: ({ channel }) => channel, tone: () => "strong", widthMin: 10 },
      { head: "ALERT", text: ({ alert_id: id }) => id, unknown: "-", leaves: 4 },
      { head: "PURPOSE", text: ({ purpose }) => purpose, leaves: 5 },
      { head: "STATE", text: ({ state }) => state, tone: ({ state }) => tones[state] },
      { head: "SENT OR DUE", text: ({ accepted_at: sent, due_at: due }) => format(sent ?? due) },
      { head: "TRIES", text: ({ attempts }) => String(attempts), align: "right", leaves: 2 },
      { head: "ANSWER", text: ({ last_answer: answer }) => answer, unknown: "-", widthMin: 10, leaves: 3 },
    ],
  };
}
