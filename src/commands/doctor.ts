import type { Command } from "commander";
import type { Finding } from "./doctor/finding";
import { exitCodes } from "./exit";
import { addOutput, addPlace, type PlaceOptions } from "./options";
import { paintFor, type Tone } from "./print/paint";
import { plain } from "./print/plain";
import { printItems, say, type Format } from "./print/print";

export function define(command: Command): void {
  addOutput(addPlace(command)).action(run);
}

async function run(options: PlaceOptions & { readonly output: Format }): Promise<void> {
  const [{ examinations }, { patientFrom }] = await Promise.all([import("./doctor/examinations"), import("./doctor/patient")]);
  const patient = await patientFrom(options);
  const findings: Finding[] = [];
  for (const examine of examinations) findings.push(...(await examine(patient)));
  if (options.output === "table") tell(findings);
  else printItems(findings, options.output, { columns: [], idOf: ({ subject }) => subject, none: "" });
  if (findings.some(({ state }) => state !== "ok")) process.exitCode = exitCodes.failed;
}

/** Sentences are read whole: no table, which would cut them. */
function tell(findings: readonly Finding[]): void {
  const paint = paintFor(process.stdout);
  const widest = Math.max(...findings.map(({ subject }) => subject.length));
  for (const { subject, state, message } of findings) say(`${paint(state.padEnd(7), tones[state])}  ${plain(subject).padEnd(widest)}  ${plain(message)}`);
}

const tones: Readonly<Record<Finding["state"], Tone>> = { ok: "good", warning: "notable", failed: "urgent" };
