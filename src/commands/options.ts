import { InvalidArgumentError, Option, type Command } from "commander";
import { parseDuration } from "../core/duration";
import { momentWords, parseMoment } from "../core/moment";
import { formats, type Format } from "./print/print";
import { timeStyles, type TimeStyle } from "./print/time";

/** The flags several commands share, each said in one place. */

export interface PlaceOptions {
  readonly data?: string;
  readonly config?: string;
}

export interface RemoteOptions extends PlaceOptions {
  readonly url?: string;
}

export interface TimeOptions {
  readonly time?: TimeStyle;
}

export interface ListOptions extends RemoteOptions, TimeOptions {
  readonly output: Format;
  readonly limit: number;
  readonly since?: number;
  readonly until?: number;
  readonly exitCode?: boolean;
}

export interface WatchOptions {
  readonly watch?: boolean;
}

export function addData(command: Command): Command {
  return command.option("--data <dir>", "the data folder (default: data)");
}

export function addPlace(command: Command): Command {
  return addData(command).option("--config <file>", "the config (default: virtuoso.config.ts where present)");
}

export function addRemote(command: Command): Command {
  return addPlace(command).addOption(
    new Option("--url <url>", "ask the daemon at this address; VIRTUOSO_TOKEN is its token").argParser(urlGiven),
  );
}

export function addOutput(command: Command): Command {
  return command.addOption(choice("-o, --output <format>", "how it is printed", formats).default("table"));
}

export function addTime(command: Command): Command {
  return command.addOption(
    choice("--time <style>", "how times stand in the table (default: relative, local with --watch)", timeStyles),
  );
}

/** What every list takes. */
export function addListing(command: Command): Command {
  return addTime(addOutput(addRemote(command)))
    .addOption(momentOption("--since <time>", "received since: 4h, 2d or an ISO 8601 time"))
    .addOption(momentOption("--until <time>", "received before: 4h, 2d or an ISO 8601 time"))
    .addOption(numberOption("--limit <n>", "most rows, 1 to 1000", 1, 1000, "whole").default(20))
    .option("--exit-code", "exit 10 where anything matches");
}

export function addWatch(command: Command): Command {
  return command.addOption(
    new Option("-w, --watch", "then follow what comes, until interrupted").conflicts("exitCode"),
  );
}

/** One of a few words, in any case. */
export function choice(flags: string, description: string, allowed: readonly string[]): Option {
  const given = (text: string) => {
    const found = allowed.find((each) => each.toLowerCase() === text.trim().toLowerCase());
    if (found === undefined) throw new InvalidArgumentError(`Allowed choices are ${allowed.join(", ")}.`);
    return found;
  };
  return new Option(flags, description).choices(allowed).argParser(given);
}

/** `whole`: no fractions. */
export function numberOption(
  flags: string,
  description: string,
  min: number,
  max: number,
  kind: "any" | "whole" = "any",
): Option {
  return new Option(flags, description).argParser((text: string) => numberFrom(text, min, max, kind));
}

function numberFrom(text: string, min: number, max: number, kind: "any" | "whole"): number {
  const number = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= min && number <= max && (kind === "any" || Number.isInteger(number))) return number;
  throw new InvalidArgumentError(`Expected a ${kind === "whole" ? "whole " : ""}number from ${min} to ${max}.`);
}

/** A duration such as 2h, in ms. */
export function durationOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string) => {
    const ms = parseDuration(text);
    if (ms === null || ms <= 0) throw new InvalidArgumentError("Expected a duration such as 30m, 12h or 90d.");
    return ms;
  });
}

/** A time, epoch ms. */
export function momentOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(momentGiven);
}

function momentGiven(text: string): number {
  const at = parseMoment(text, Date.now());
  if (at === null) throw new InvalidArgumentError(`Expected ${momentWords}.`);
  return at;
}

function urlGiven(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol))
    throw new InvalidArgumentError("Expected an address such as http://127.0.0.1:8000.");
  return url.href.replace(/\/+$/, "");
}
