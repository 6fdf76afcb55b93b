import { CommanderError } from "commander";
import { redact } from "../config/redaction";
import { asCalledHere } from "./print/as-called-here";
import { systemWords } from "./system-words";

/** What a script may rely on. */
export const exitCodes = { done: 0, failed: 1, usage: 2, unreachable: 3, matches: 10 } as const;

/** It was understood and could not be done. */
export class Failed extends Error {
  override readonly name = "Failed";
}

/** It was asked for in a way that has no meaning; the message names the flag and what is allowed. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

/** The daemon that had to answer did not. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Errors a caller should hear of in one line, by name: their classes live in rooms too heavy to load for a usage error. */
const codes: Readonly<Record<string, number>> = {
  Failed: exitCodes.failed,
  ConfigError: exitCodes.failed,
  StoreError: exitCodes.failed,
  DamagedRow: exitCodes.failed,
  StartError: exitCodes.failed,
  WrongUsage: exitCodes.usage,
  Unreachable: exitCodes.unreachable,
};

export function exitCodeOf(error: unknown): number {
  // Commander throws even to end after --help or --version.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  return errorCodeOf(error) ?? exitCodes.failed;
}

/** One line for what was expected to go wrong now and then; a bug shows where it is. */
export function messageOf(error: unknown): string {
  return asCalledHere(redact(inWords(error)));
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  if (errorCodeOf(error) !== undefined) return `error: ${error.message}`;
  const system = systemWords(error);
  return system === null ? `error: this is a bug in virtuoso\n${error.stack ?? error.message}` : `error: ${system}`;
}

function errorCodeOf(error: unknown): number | undefined {
  return error instanceof Error && Object.hasOwn(codes, error.name) ? codes[error.name] : undefined;
}
