import { isGate } from "../../../core/decide/decision";
import { formatCount, formatDirection } from "../../../core/text";
import type { DaemonParts } from "../../../daemon/parts";
import { describeCheck, labelOf } from "../../../views/check-words";
import { parseId } from "../../../views/shape";
import {
  alertDetail,
  decisionDetail,
  opportunityDetail,
  signalDetail,
  type AlertDetail,
  type SignalDetail,
  type TraceShape,
} from "../../../views/trace";
import { agoOf, clockOf } from "../words";
import { Refusal, WrongWords, type Command } from "./command";

/** Several reports may have said the same: the newest are shown. */
const decisionsMax = 3;

interface Story {
  readonly head: readonly string[];
  readonly trace: readonly TraceShape[];
}

export const whyCommand: Command = {
  name: "why",
  takes: "ID",
  does: "what was checked of an alert (a6), a signal (s5) or an opportunity (o7), and with which numbers",
  need: "dashboard.view",
  changes: false,
  run(parts, _, words) {
    const [id = ""] = words.map((word) => word.toLowerCase());
    if (words.length !== 1 || parseId(id) === null) throw new WrongWords("expected one id, such as a6 or s5");
    const story = storyOf(parts, id);
    if (story === null) return `${id} is not kept, or never was`;
    const shown = story.trace.slice(-decisionsMax);
    const left = story.trace.length - shown.length;
    return [
      ...story.head,
      ...(story.trace.length === 0 ? ["its trace is older than what is kept"] : []),
      ...(left > 0 ? [`(${formatCount(left, "earlier decision")}: virtuoso why ${id})`] : []),
      ...shown.flatMap((each) => traceLines(each, parts.now())),
    ].join("\n");
  },
};

function storyOf({ database, now }: DaemonParts, id: string): Story | null {
  switch (parseId(id)?.letter) {
    case "a":
      return storyFrom(alertDetail(database, id), (alert) => alertHead(alert, now()));
    case "s":
      return storyFrom(signalDetail(database, id), (signal) => signalHead(signal, now()));
    case "o":
      return storyFrom(opportunityDetail(database, id), ({ symbol, pattern, received_at: at }) => [
        `${id} ${symbol} ${pattern}`,
        `received ${agoOf(at, now())}`,
      ]);
    case "d":
      return storyFrom(decisionDetail(database, id), ({ rule, symbol, timestamp }) => [
        `${id} ${rule} ${symbol ?? ""}`.trimEnd(),
        `decided ${agoOf(timestamp, now())}`,
      ]);
    case "m":
    case "q":
    case "r":
    case undefined:
      throw new Refusal(`${id} is of a kind that only the page and the command line show: virtuoso why ${id}`);
  }
}

function storyFrom<T extends Pick<Story, "trace">>(
  detail: T | null,
  headOf: (detail: T) => readonly string[],
): Story | null {
  return detail && { head: headOf(detail), trace: detail.trace };
}

function alertHead(alert: AlertDetail, now: number): string[] {
  const { id, message, priority, state, timestamp, ended_at: endedAt, acknowledged } = alert;
  const ended = endedAt === null ? "" : ` ${clockOf(endedAt, now)}`;
  const has = acknowledged === null ? "" : ` by ${acknowledged.by} until ${clockOf(acknowledged.until, now)}`;
  return [
    `${id} ${message}`,
    `${priority}, raised ${clockOf(timestamp, now)} (${agoOf(timestamp, now)}), ${state}${ended}${has}`,
  ];
}

function signalHead(signal: SignalDetail, now: number): string[] {
  const { id, symbol, direction, strength, reliability, received_at: at, alerts } = signal;
  return [
    `${id} ${symbol} ${formatDirection(direction)}, strength ${strength?.toFixed(1) ?? "no data"}, ` +
      `reliability ${reliability === null ? "no data" : `${reliability.toFixed(1)} %`}`,
    `received ${clockOf(at, now)} (${agoOf(at, now)})`,
    ...alerts.map((alert) => `alert ${alert.id} ${alert.priority}, ${alert.state}`),
  ];
}

/** The check that decided is marked; those after it were evaluated too, and are left out of a chat. */
function traceLines({ report, decision, checks }: TraceShape, now: number): string[] {
  const { rule, word, alert_id: alert } = decision;
  const became =
    word === "raised"
      ? `raised${alert === null ? "" : ` as ${alert}`}`
      : `${isGate(word) ? "held back" : "no alert"}, ${labelOf(word)}`;
  const decided = checks.findIndex(({ passed }) => !passed);
  const shown = decided < 0 ? checks : checks.slice(0, decided + 1);
  return [
    "",
    ...(report === null ? [] : [`${report.filename} of ${report.source}, read ${clockOf(report.received_at, now)}`]),
    `${rule}: ${became}`,
    ...shown.map((check) => `${check.passed ? "passed" : "stopped"}: ${describeCheck(check)}`),
  ];
}
