import pino, { type Logger } from "pino";
import pretty from "pino-pretty";
import { wantsColour } from "../config/environment";

export type Log = Logger;

/** The log goes to stderr: stdout carries data only. JSON for machines, coloured lines for a terminal. */
export function createLog(options: { readonly format: "pretty" | "json" | null; readonly level: string; readonly demo?: boolean }): Log {
  const format = options.format ?? (process.stderr.isTTY ? "pretty" : "json");
  const base = { level: options.level, base: options.demo ? { mode: "DEMO" } : null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label: string) => ({ level: label }) } };
  if (format === "json") return pino(base, pino.destination({ dest: 2, sync: true }));
  const colorize = process.stderr.isTTY && wantsColour();
  return pino(base, pretty({ destination: 2, sync: true, colorize, translateTime: "SYS:HH:MM:ss.l", singleLine: true }));
}
