import { isGate } from "../../core/decision";
import type { AlertShape } from "../../views/shapes";
import type { TraceShape } from "../../views/trace";
import type { Detail } from "../ask/answers";
import { agoOf } from "../print/time";
import { checkLines } from "../print/checks";
import { decisionTone } from "../print/decision";
import { numberOf, percentOf } from "../print/figures";
import { arrowed, priorityTone, type Paint } from "../print/paint";
import { plain } from "../print/plain";
import { factsOf } from "./facts";

/** A trace as a person reads it, top to bottom: what it is, what was read, each time it was told and what was decided. */
export function tellStory(detail: Detail, paint: Paint, now: number): string[] {
  const { trace } = detail.told;
  return [...headOf(detail, paint, now), ...(trace.length === 0 ? ["", "its trace is older than what is kept"] : trace.flatMap((each, index) => telling(each, trace[index - 1], paint, now)))];
}

function headOf({ about, told }: Detail, paint: Paint, now: number): string[] {
  const title = (text: string) => paint(`${told.id}  ${plain(text)}`, "strong");
  switch (about) {
    case "signal":
      return [
        title(`${told.symbol} ${arrowed(told.direction) ?? ""}, strength ${numberOf(told.strength, 1) ?? "no data"}, reliability ${percentOf(told.reliability) ?? "no data"}`),
        line("observed", when(told.timestamp, now) + (told.undated ? ", its file's time: the report carries none" : "")),
        line("received", when(told.received_at, now)),
        ...factsOf(told.known).map(([name, value]) => line(name, value)),
        ...(told.revisions > 0 ? [line("repainted", `told differently ${told.revisions} ${told.revisions === 1 ? "time" : "times"} since`)] : []),
        ...told.alerts.map((alert) => line("alert", `${alert.id} ${alert.priority}, ${alert.state}: ${alert.message}`)),
      ];
    case "opportunity":
      return [
        title(`${told.symbol} ${told.pattern}`),
        line("observed", when(told.timestamp, now)),
        line("received", when(told.received_at, now)),
        ...factsOf(told.known).map(([name, value]) => line(name, value)),
        ...told.alerts.map((alert) => line("alert", `${alert.id} ${alert.priority}, ${alert.state}: ${alert.message}`)),
      ];
    case "alert":
      return [
        title(told.message),
        line("raised", when(told.timestamp, now)),
        line("type", `${told.type}, ${paint(told.priority, priorityTone(told.priority))}, by rule ${told.rule}`),
        line("state", told.state + (told.ended_at === null ? "" : ` ${when(told.ended_at, now)}`)),
        ...(told.end_reason === null ? [] : [line("ended by", endOf(told))]),
        ...(told.expires_at === null ? [] : [line("expires", when(told.expires_at, now))]),
        ...(told.subject_id === null ? [] : [line("about", told.subject_id)]),
        ...(told.summed_up === null ? [] : [line("all of them", `virtuoso held --missed ${told.id}`)]),
        ...factsOf(told.details).map(([name, value]) => line(name, value)),
      ];
    case "received":
      return [
        title(told.kind === "market" ? "a view of the market" : told.kind.replaceAll("-", " ")),
        line("received", when(told.received_at, now)),
        ...(told.source === null ? [] : [line("source", told.source)]),
        ...factsOf(Object.fromEntries(Object.entries(told.known).filter(([name, value]) => name !== "source" && typeof value !== "object"))).map(([name, value]) => line(name, value)),
        ...told.alerts.map((alert) => line("alert", `${alert.id} ${alert.priority}, ${alert.state}: ${alert.message}`)),
      ];
    case "decision":
      return [
        title(`${told.rule} ${told.symbol ?? ""}`.trimEnd()),
        line("decided", when(told.timestamp, now)),
        line("about", told.subject_id ?? "an older version did not keep what it was about"),
        ...told.alerts.map((alert) => line("alert", `${alert.id} ${alert.priority}, ${alert.state}: ${alert.message}`)),
      ];
  }
}

/** What ended an alert, in words. */
function endOf({ end_reason: reason, superseded_by: by }: Pick<AlertShape, "end_reason" | "superseded_by">): string {
  if (reason === "superseded") return by === null ? "the opposite, which was held back itself" : `${by}, which says the opposite`;
  return reason === null ? "" : endWords[reason];
}

const endWords: Readonly<Record<Exclude<AlertShape["end_reason"], null | "superseded">, string>> = {
  expired: "its time was over",
  "condition-over": "it is so no longer",
  "not-repeated": "who told it tells it no more",
  gone: "what it spoke of is no longer configured, or no longer as it was",
};

/** One decision under the report it was made of; several rules of one report stand under it together. */
function telling({ report, decision, checks }: TraceShape, before: TraceShape | undefined, paint: Paint, now: number): string[] {
  const sameReport = before !== undefined && before.report?.correlation_id === report?.correlation_id;
  return [
    ...(sameReport ? [] : ["", reportLine(report, decision.timestamp, before !== undefined, now)]),
    `  ${plain(decision.rule)}: ${paint(outcomeOf(decision), decisionTone(decision.word))} (${decision.priority})`,
    ...checkLines(checks, paint).map((check) => `    ${check}`),
  ];
}

function outcomeOf({ word, alert_id: alert }: TraceShape["decision"]): string {
  if (word === "raised") return alert === null ? "raised" : `raised as ${alert}`;
  return isGate(word) ? `held back by ${word}` : `no alert, ${word}`;
}

function reportLine(report: TraceShape["report"], at: string, again: boolean, now: number): string {
  if (report === null) return `decided ${when(at, now)}`;
  const how = [report.backlog ? "found by a first look" : null, report.known ? "the same content had been read before" : null].filter((each) => each !== null);
  const told = `${again ? "told again by" : "told by"} ${plain(report.filename)} of ${plain(report.source)}`;
  return `${told}, read ${when(report.received_at, now)}, ${report.correlation_id} in the log${how.map((each) => `, ${each}`).join("")}`;
}

function line(name: string, value: string): string {
  return `  ${name.padEnd(20)}${plain(value)}`;
}

function when(time: string, now: number): string {
  return `${time} (${agoOf(time, now)})`;
}
