import { labelOf } from "../../views/check-words";
import { endWords } from "../../views/end-words";
import { isGate } from "../../core/decide/decision";
import type { AlertShape } from "../../views/alerts";
import type { TraceShape } from "../../views/trace";
import type { Detail } from "../client/client";
import { agoOf } from "../print/time";
import { checkLines } from "../print/checks";
import { decisionTone } from "../print/decision";
import { numberOf, percentOf } from "../print/figures";
import { arrowed, priorityTone, type Paint } from "../print/paint";
import { plain } from "../print/plain";
import { factsOf } from "./facts";

/** A trace as a person reads it, top to bottom: what it is, what was read, each time it was reported and what was decided. */
export function printStory(detail: Detail, paint: Paint, now: number): string[] {
  const { trace } = detail.detail;
  return [
    ...headOf(detail, paint, now),
    ...(trace.length === 0
      ? ["", "its trace is older than what is kept"]
      : trace.flatMap((each, index) => traceLines(each, trace[index - 1], paint, now))),
  ];
}

function headOf({ about, detail }: Detail, paint: Paint, now: number): string[] {
  const title = (text: string) => paint(`${detail.id}  ${plain(text)}`, "strong");
  switch (about) {
    case "signal":
      return [
        title(
          `${detail.symbol} ${arrowed(detail.direction) ?? ""}, strength ` +
            `${numberOf(detail.strength, 1) ?? "no data"}, ` +
            `reliability ${percentOf(detail.reliability) ?? "no data"}`,
        ),
        line(
          "observed",
          when(detail.timestamp, now) + (detail.undated ? ", its file's time: the report carries none" : ""),
        ),
        line("received", when(detail.received_at, now)),
        ...factsOf(detail.known).map(([name, value]) => line(name, value)),
        ...(detail.revisions > 0
          ? [
              line(
                "repainted",
                `reported differently ${detail.revisions} ${detail.revisions === 1 ? "time" : "times"} since`,
              ),
            ]
          : []),
        ...detail.alerts.map((alert) =>
          line("alert", `${alert.id} ${alert.priority}, ${alert.state}: ${alert.message}`),
        ),
      ];
    case "opportunity":
      return [
        title(`${detail.symbol} ${detail.pattern}`),
        line("observed", when(detail.timestamp, now)),
        line("received", when(detail.received_at, now)),
        ...factsOf(detail.known).map(([name, value]) => line(name, value)),
        ...detail.alerts.map((alert) =>
          line("alert", `${alert.id} ${alert.priority}, ${alert.state}: ${alert.message}`),
        ),
      ];
    case "alert":
      return [
        title(detail.message),
        line("raised", when(detail.timestamp, now)),
        line(
          "type",
          `${detail.type}, ${paint(detail.priority, priorityTone(detail.priority))}, by rule ${detail.rule}`,
        ),
        line("state", detail.state + (detail.ended_at === null ? "" : ` ${when(detail.ended_at, now)}`)),
        ...(detail.end_reason === null ? [] : [line("ended by", endOf(detail))]),
        ...(detail.expires_at === null ? [] : [line("expires", when(detail.expires_at, now))]),
        ...(detail.subject_id === null ? [] : [line("about", detail.subject_id)]),
        ...(detail.summed_up === null ? [] : [line("all of them", `virtuoso held --missed ${detail.id}`)]),
        ...factsOf(detail.details).map(([name, value]) => line(name, value)),
      ];
    case "received":
      return [
        title(detail.kind === "market" ? "a view of the market" : detail.kind.replaceAll("-", " ")),
        line("received", when(detail.received_at, now)),
        ...(detail.source === null ? [] : [line("source", detail.source)]),
        ...factsOf(
          Object.fromEntries(
            Object.entries(detail.known).filter(([name, value]) => name !== "source" && typeof value !== "object"),
          ),
        ).map(([name, value]) => line(name, value)),
        ...detail.alerts.map((alert) =>
          line("alert", `${alert.id} ${alert.priority}, ${alert.state}: ${alert.message}`),
        ),
      ];
    case "decision":
      return [
        title(`${detail.rule} ${detail.symbol ?? ""}`.trimEnd()),
        line("decided", when(detail.timestamp, now)),
        line("about", detail.subject_id ?? "an older version did not keep what it was about"),
        ...detail.alerts.map((alert) =>
          line("alert", `${alert.id} ${alert.priority}, ${alert.state}: ${alert.message}`),
        ),
      ];
  }
}

/** What ended an alert, in words. */
function endOf({ end_reason: reason, superseded_by: by }: Pick<AlertShape, "end_reason" | "superseded_by">): string {
  if (reason === "superseded")
    return by === null ? "the opposite, which was held back itself" : `${by}, which says the opposite`;
  return reason === null ? "" : endWords[reason];
}

/** One decision under the report it was made of; several rules of one report stand under it together. */
function traceLines(
  { report, decision, checks }: TraceShape,
  before: TraceShape | undefined,
  paint: Paint,
  now: number,
): string[] {
  const sameReport = before !== undefined && before.report?.correlation_id === report?.correlation_id;
  return [
    ...(sameReport ? [] : ["", reportLine(report, decision.timestamp, before !== undefined, now)]),
    `  ${plain(decision.rule)}: ${paint(outcomeOf(decision), decisionTone(decision.word))} (${decision.priority})`,
    ...checkLines(checks, paint).map((check) => `    ${check}`),
  ];
}

function outcomeOf({ word, alert_id: alert }: TraceShape["decision"]): string {
  if (word === "raised") return alert === null ? "raised" : `raised as ${alert}`;
  return `${isGate(word) ? "held back" : "no alert"}, ${labelOf(word)}`;
}

function reportLine(report: TraceShape["report"], at: string, again: boolean, now: number): string {
  if (report === null) return `decided ${when(at, now)}`;
  const how = [
    report.backlog ? "found by a first look" : null,
    report.known ? "the same content had been read before" : null,
  ].filter((each) => each !== null);
  const detail = `${again ? "reported again in" : "reported in"} ${plain(report.filename)} of ${plain(report.source)}`;
  return `${detail}, read ${when(report.received_at, now)}, ${report.correlation_id} in the log${how.map((each) => `, ${each}`).join("")}`;
}

function line(name: string, value: string): string {
  return `  ${name.padEnd(20)}${plain(value)}`;
}

function when(time: string, now: number): string {
  return `${time} (${agoOf(time, now)})`;
}
