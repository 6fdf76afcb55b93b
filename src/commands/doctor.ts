import type { Command } from "commander";
import type { Finding } from "./doctor/finding";
import { exitCodes } from "./exit";
import { addOutput, addPlace, type PlaceOptions } from "./options";
import { asCalledHere } from "./print/as-called-here";
import { paintFor, type Tone } from "./print/paint";
import { plain } from "./print/plain";
import { printItems, printLine, type Format } from "./print/print";

export function define(command: Command): void {
  addOutput(addPlace(command)).action(run);
}

async function run(options: PlaceOptions & { readonly output: Format }): Promise<void> {
  const [{ checks }, { doctorContextFrom }] = await Promise.all([
    import("./doctor/checks"),
    import("./doctor/doctor-context"),
  ]);
  const context = await doctorContextFrom(options);
  const findings: Finding[] = [];
  for (const check of checks) findings.push(...(await check(context)));
  if (options.output === "table") printFindings(findings);
  else printItems(findings, options.output, { columns: [], idOf: ({ subject }) => subject, none: "" });
  if (findings.some(({ state }) => state !== "ok")) process.exitCode = exitCodes.failed;
}

/** Sentences are read whole: no table, which would cut them. */
function printFindings(findings: readonly Finding[]): void {
  const paint = paintFor(process.stdout);
  const widest = Math.max(...findings.map(({ subject }) => subject.length));
  for (const { subject, state, message } of findings)
    printLine(
      `${paint(state.padEnd(7), tones[state])}  ${plain(subject).padEnd(widest)}  ${plain(asCalledHere(message))}`,
    );
}

const tones: Readonly<Record<Finding["state"], Tone>> = { ok: "good", warning: "notable", failed: "urgent" };
