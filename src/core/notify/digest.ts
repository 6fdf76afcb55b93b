import { priorities, type Priority } from "../alert";
import { dayMs } from "../duration";
import { formatCount } from "../text";
import type { Composed } from "./compose";
import type { DueDelivery } from "./delivery";
import type { PlanContext } from "./plan-context";
import { digestWord, nextDigest, routesIn, routesOf } from "./route";
import type { Raised } from "./route-raise";

/** A digest speaks of as much time before it. */
export const digestSpanMs = dayMs;

/** The digests that speak of a raise, where none is owed yet; `raises`: what it owes else, `before`: what this commit does. */
export function owedDigests(
  alert: Raised,
  raises: readonly DueDelivery[],
  { channels, routing, owesDigest, now }: PlanContext,
  before: readonly DueDelivery[],
): DueDelivery[] {
  const people = channels.filter(({ audience }) => audience === "people").map(({ name }) => name);
  const owed = new Map<string, DueDelivery>();
  for (const route of routesOf(alert, routesIn(routing, channels))) {
    const waits = raises.filter((row) => row.route === route.name && row.foldsWith === digestWord);
    const reached = route.steps.length === 0 ? people : route.steps.flatMap(({ to }) => to);
    const wanted = route.digestAt === null ? waits.map(({ channel }) => channel) : reached;
    const at = nextDigest(route, routing, now);
    for (const channel of people)
      if (wanted.includes(channel) && !owed.has(channel)) owed.set(channel, digestTo(channel, route.name, at));
  }
  return [...owed.values()].filter(
    ({ channel }) => !owesDigest(channel) && !before.some((row) => row.purpose === "digest" && row.channel === channel),
  );
}

function digestTo(channel: string, route: string | null, at: number): DueDelivery {
  const when = { createdAt: at, dueAt: at };
  return { alertSeq: null, channel, route, step: 0, purpose: "digest", foldsWith: digestWord, ...when };
}

/** What became of a day, as its digest says it. */
export interface Day {
  readonly raised: Readonly<Partial<Record<Priority, number>>>;
  /** By the gate that held back. */
  readonly heldBack: Readonly<Record<string, number>>;
  /** Of this channel. */
  readonly sent: number;
  readonly failed: number;
  /** Those that no other message spoke of: the strongest first, and how many more. */
  readonly named: readonly { readonly priority: Priority; readonly message: string }[];
  readonly more: number;
}

/** Null where there was nothing. */
export function composeDigest({ raised, heldBack, sent, failed, named, more }: Day): Composed | null {
  const all = priorities.reduce((sum, priority) => sum + (raised[priority] ?? 0), 0);
  const held = Object.values(heldBack).reduce((sum, count) => sum + count, 0);
  if (all + held + failed === 0) return null;
  const title = `Digest: ${formatCount(all, "alert")} in 24 h, ${held} held back`;
  const lines = [
    all > 0 && `raised: ${counted(priorities.toReversed().map((priority) => [priority, raised[priority]]))}`,
    held > 0 && `held back: ${counted(Object.entries(heldBack))}`,
    `sent here: ${formatCount(sent, "message")}${failed > 0 ? `, ${failed} failed` : ""}`,
    ...named.map(({ priority, message }) => `- ${priority}: ${message}`),
    more > 0 && `- ${more} more`,
  ];
  return { title, text: [title, ...lines.filter((line) => line !== false)].join("\n") };
}

function counted(counts: readonly (readonly [string, number | undefined])[]): string {
  return counts.flatMap(([word, count]) => (count ? [`${count} ${word}`] : [])).join(", ");
}
