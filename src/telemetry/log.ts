import pino, { type DestinationStream, type Logger } from "pino";
import type * as Pretty from "pino-pretty";
import { wantsColour } from "../config/environment";
import { redact } from "../config/redaction";

export type Log = Logger;

/** The log goes to stderr: stdout carries data only. JSON for machines, coloured lines for a terminal. */
export function createLog(options: {
  readonly format: "pretty" | "json" | null;
  readonly level: string;
  readonly demo?: boolean;
}): Log {
  const format = options.format ?? (process.stderr.isTTY ? "pretty" : "json");
  const base = {
    level: options.level,
    base: options.demo ? { mode: "DEMO" } : null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const stderr = together(pino.destination({ dest: 2, sync: true }));
  if (format === "json") return pino(base, { write: (line) => stderr.write(escaped(redact(line))) });
  const colorize = process.stderr.isTTY && wantsColour();
  // Thirty files that a log for machines is better without.
  const { prettyFactory } = require("pino-pretty") as typeof Pretty;
  const pretty = prettyFactory({
    colorize,
    translateTime: "SYS:HH:MM:ss.l",
    singleLine: true,
    messageFormat: (entry, key) => oneLine(entry[key]),
  });
  const log = pino(base, { write: (line) => stderr.write(pretty(withoutControls(redact(line)))) });
  readByPeople.add(log);
  return log;
}

const readByPeople = new WeakSet<Log>();

/** What happens at every start and means nothing to a person who looks on: in a log that is kept it stands at info. */
export function logRoutine(log: Log, fields: object, message: string): void {
  log[readByPeople.has(log) ? "debug" : "info"](fields, message);
}

/** What one turn of the event loop has to say is written at once: in a burst, a write for every line is a tenth of the work. */
function together(to: DestinationStream): DestinationStream {
  let waiting = "";
  const flush = () => {
    if (waiting === "") return;
    const text = waiting;
    waiting = "";
    to.write(text);
  };
  process.on("exit", flush);
  return {
    write(line) {
      if (waiting === "") setImmediate(flush);
      waiting += line;
    },
  };
}

/** A name that a stranger gave must not begin a line of its own. */
function oneLine(message: unknown): string {
  return typeof message === "string" ? message.replace(/[\r\n]+/g, " ") : "";
}

/** JSON escapes controls, but not those beyond ASCII, nor what turns the direction of text: a terminal that shows the log obeys them. */
function escaped(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** For who reads it on a terminal the escapes are read back: a mark stands for what would steer it. */
function withoutControls(json: string): string {
  return escaped(json).replace(/\\u(?:00[01][0-9a-f]|00[789][0-9a-f]|061c|200[ef]|202[89a-e]|206[6-9])/gi, "\\ufffd");
}
