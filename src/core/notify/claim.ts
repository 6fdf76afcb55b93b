import { comparePriority, type Alert, type AlertState, type Priority } from "../alert";
import { minuteMs } from "../duration";
import { begins, type Delivery, type DeliveryMark, type DeliveryState } from "./delivery";

/** A delivery that is due, and what of its alert decides whether and how it is sent. Times are epoch ms. */
export interface Waiting extends Pick<
  Delivery,
  "seq" | "alertSeq" | "purpose" | "createdAt" | "dueAt" | "attempts" | "foldsWith" | "unlessAcknowledged"
> {
  /** Null where it is about none, or that is gone. */
  readonly alert: (Pick<Alert, "type" | "kind" | "priority" | "raisedAt" | "expiresAt"> & { state: AlertState }) | null;
  /** What became of what said that its alert began, on this channel, at best; null where there is none. */
  readonly raise: DeliveryState | null;
}

/** One message to be sent: the delivery whose id it has, and those it speaks of as well. */
export interface Message {
  readonly carrier: Waiting;
  readonly folded: readonly Waiting[];
}

export interface Claim {
  readonly messages: readonly Message[];
  /** What is not to be sent any more. */
  readonly over: readonly DeliveryMark[];
}

/** send: now. wait: its raise comes first. Else what it becomes instead. */
export type Verdict = "send" | "wait" | "stale" | "withdrawn";

export function judge({ alertSeq, alert, purpose, raise, unlessAcknowledged }: Waiting, now: number): Verdict {
  if (alertSeq === null) return "send";
  if (alert === null) return "withdrawn";
  if (begins(purpose) && isOver(alert, now)) return "stale";
  if (purpose === "raise" && !unlessAcknowledged) return "send";
  if (begins(purpose)) return isStillMeant(alert, unlessAcknowledged) ? "send" : "withdrawn";
  if (purpose === "remind" && !isStillMeant(alert, true)) return "withdrawn";
  if (raise === "due") return "wait";
  return raise === "sent" || raise === "folded" ? "send" : "withdrawn";
}

function isStillMeant({ state }: NonNullable<Waiting["alert"]>, unlessAcknowledged: boolean): boolean {
  return state === "open" || (state === "acknowledged" && !unlessAcknowledged);
}

/** A message waited longer than this: what waits with it comes as one. */
const piledAfterMs = minuteMs;

/** So many at once are a storm. */
const stormMin = 20;

/** Whether what waits is a pile: its channel failed, it has waited for too long, or it is a storm. */
export function isPile(waiting: readonly Waiting[], isFailing: boolean, now: number): boolean {
  return (
    waiting.length > 1 &&
    (isFailing || waiting.length >= stormMin || waiting.some(({ createdAt }) => now - createdAt >= piledAfterMs))
  );
}

/** Most of what waited with a message that is named in it. */
const namedMax = 10;

/** The other alerts a message speaks of: the seqs of the strongest, and the priorities of the rest. */
export function othersOf({ carrier, folded }: Message): { readonly named: number[]; readonly rest: Priority[] } {
  const others = new Map<number, Priority>();
  for (const { alertSeq, alert } of folded)
    if (alertSeq !== null && alertSeq !== carrier.alertSeq && !others.has(alertSeq))
      others.set(alertSeq, alert?.priority ?? "low");
  const seqs = [...others.keys()];
  return { named: seqs.slice(0, namedMax), rest: [...others.values()].slice(namedMax) };
}

/** Each by itself, the longest due first; nothing overtakes what is under way about the same alert. */
export function claimForMachines(
  waiting: readonly Waiting[],
  {
    underWay,
    free,
    now,
  }: { readonly underWay: ReadonlySet<number | null>; readonly free: number; readonly now: number },
): Claim {
  const judged = waiting.map((row) => ({ row, verdict: judge(row, now) }));
  const messages: Message[] = [];
  const taken = new Set(underWay);
  for (const { row, verdict } of judged) {
    if (messages.length >= free) break;
    if (verdict !== "send" || (row.alertSeq !== null && taken.has(row.alertSeq))) continue;
    taken.add(row.alertSeq);
    messages.push({ carrier: row, folded: [] });
  }
  return { messages, over: overOf(judged, now) };
}

/** One message: the longest due, what else there is about its alert and what goes with it; of a pile the strongest, for all. */
export function claimForPeople(waiting: readonly Waiting[], isPiled: boolean, now: number): Claim {
  const judged = waiting.map((row) => ({ row, verdict: judge(row, now) }));
  const over = overOf(judged, now);
  const sendable = judged.flatMap(({ row, verdict }) => (verdict === "send" ? [row] : []));
  const raised = new Set(sendable.flatMap(({ purpose, alertSeq }) => (begins(purpose) ? [alertSeq] : [])));
  // How an alert ended is said with its raise where that has not got out yet.
  const ends = judged.flatMap(({ row, verdict }) =>
    verdict === "wait" && row.purpose === "resolve" && raised.has(row.alertSeq) ? [row] : [],
  );
  const pile = [...sendable, ...ends].filter(({ alertSeq, purpose }) => alertSeq !== null && purpose !== "edit");
  const [first] = sendable;
  if (first === undefined) return { messages: [], over };
  const digest = sendable.find(({ purpose, foldsWith: word }) => purpose === "digest" && word === first.foldsWith);
  if (digest) return { messages: [{ carrier: digest, folded: pile.filter((row) => foldsWith(row, digest)) }], over };
  if (isPiled && pile.length > 1) return { messages: [messageOf(pile)], over };
  if (first.purpose === "edit" || first.alertSeq === null) return { messages: [alone(first)], over };
  const about = new Set([first.alertSeq, ...pile.filter((row) => foldsWith(row, first)).map((row) => row.alertSeq)]);
  return { messages: [messageOf(pile.filter(({ alertSeq }) => about.has(alertSeq)))], over };
}

function foldsWith({ foldsWith: word }: Waiting, first: Waiting): boolean {
  return word !== null && word === first.foldsWith;
}

function alone(carrier: Waiting): Message {
  return { carrier, folded: [] };
}

function messageOf(rows: readonly Waiting[]): Message {
  const [carrier, ...folded] = rows.toSorted(compareStrength);
  if (carrier === undefined) throw new Error("a message speaks of something");
  return { carrier, folded };
}

/** What was raised before what was resolved, what stands before what is over, then the more urgent, then the newer. */
function compareStrength(one: Waiting, other: Waiting): number {
  return (
    Number(begins(other.purpose)) - Number(begins(one.purpose)) ||
    Number(stands(other)) - Number(stands(one)) ||
    comparePriority(other.alert?.priority ?? "low", one.alert?.priority ?? "low") ||
    other.seq - one.seq
  );
}

function stands({ alert }: Waiting): boolean {
  return alert?.state === "open" || alert?.state === "acknowledged";
}

function isOver({ kind, state, expiresAt }: NonNullable<Waiting["alert"]>, now: number): boolean {
  return kind === "event" && (state === "expired" || (expiresAt !== null && expiresAt <= now));
}

function overOf(
  judged: readonly { readonly row: Waiting; readonly verdict: Verdict }[],
  now: number,
): readonly DeliveryMark[] {
  return judged.flatMap(({ row: { seq }, verdict }) =>
    verdict === "stale" || verdict === "withdrawn" ? [{ seq, state: verdict, endedAt: now }] : [],
  );
}
