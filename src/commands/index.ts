import type { Command } from "commander";

/** One word of the command line. `define` adds its arguments, options and action. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Not for people: the shell asks it. */
  readonly hidden?: boolean;
  readonly load: () => Promise<{ readonly define: (command: Command) => void }>;
}

/** In the order a person meets them. */
export const commands: readonly CommandEntry[] = [
  { name: "serve", summary: "run the daemon", load: () => import("./serve") },
  { name: "demo", summary: "run the daemon over a simulated trading system", load: () => import("./demo") },
  { name: "alerts", summary: "list alerts", load: () => import("./alerts") },
  { name: "signals", summary: "list signals and what was decided of each", load: () => import("./signals") },
  { name: "held", summary: "list what was due and held back, and by which word", load: () => import("./held") },
  { name: "opportunities", summary: "list alpha opportunities", load: () => import("./opportunities") },
  { name: "why", summary: "show how a signal, an opportunity or an alert came about", load: () => import("./why") },
  { name: "ack", summary: "take alerts on", load: () => import("./ack") },
  { name: "unack", summary: "give alerts back", load: () => import("./unack") },
  { name: "resolve", summary: "end state alerts by hand", load: () => import("./resolve") },
  {
    name: "channel",
    summary: "list, add, test and remove whom alerts are sent to",
    load: () => import("./channel"),
  },
  { name: "route", summary: "show which alerts go to whom, and try it on the past", load: () => import("./route") },
  { name: "deliveries", summary: "list what was sent to whom, and what was not", load: () => import("./deliveries") },
  { name: "silence", summary: "mute what matches for a time", load: () => import("./silence") },
  { name: "read", summary: "read reports without storing anything, and say how", load: () => import("./read") },
  { name: "scan", summary: "run one scanner now", load: () => import("./scan") },
  { name: "config", summary: "get, set and check the settings", load: () => import("./config") },
  {
    name: "quarantine",
    summary: "list files that could not be read, or have them read again",
    load: () => import("./quarantine"),
  },
  { name: "status", summary: "show whether the daemon is up and how each source is", load: () => import("./status") },
  { name: "backup", summary: "copy the database while it is in use", load: () => import("./backup") },
  { name: "clock", summary: "say that the clock is right, after it leapt ahead", load: () => import("./clock") },
  { name: "restore", summary: "put a backup in the place of the database", load: () => import("./restore") },
  { name: "metrics", summary: "list every metric the daemon exposes", load: () => import("./metrics") },
  { name: "user", summary: "add, list and remove accounts", load: () => import("./user") },
  { name: "token", summary: "make, list and revoke API tokens", load: () => import("./token") },
  {
    name: "signin-link",
    summary: "print a one-time link that signs the machine's owner in",
    load: () => import("./signin-link"),
  },
  { name: "grafana", summary: "install or push dashboards, rules and provisioning", load: () => import("./grafana") },
  {
    name: "audit",
    summary: "list who did what, and check whether that log is whole",
    load: () => import("./audit"),
  },
  {
    name: "doctor",
    summary: "examine the config, the folders, the database, the disk and the clock",
    load: () => import("./doctor"),
  },
  { name: "completion", summary: "print a shell's completion script", load: () => import("./completion") },
  {
    name: "complete",
    summary: "what that script asks at every press of Tab",
    hidden: true,
    load: () => import("./complete"),
  },
];
