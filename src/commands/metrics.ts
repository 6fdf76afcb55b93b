import type { Command } from "commander";
import type { Described } from "../telemetry/described";
import { addOutput } from "./options";
import { printItems, type Format, type Showing } from "./print/print";

export function define(command: Command): void {
  addOutput(command).action(run);
}

async function run({ output }: { readonly output: Format }): Promise<void> {
  const [{ catalogue }, { describeValues }] = await Promise.all([
    import("../telemetry/catalogue"),
    import("../telemetry/readme-table"),
  ]);
  const entries = Object.values(catalogue).map(({ name, type, help, labels, buckets }: Described) => ({
    name,
    type,
    help,
    labels: Object.fromEntries(Object.entries(labels).map(([label, values]) => [label, describeValues(values)])),
    ...(type === "histogram" ? { buckets } : {}),
  }));
  printItems(entries, output, showing);
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly labels: Readonly<Record<string, string>>;
}

const showing: Showing<Entry> = {
  idOf: ({ name }) => name,
  none: "no metrics",
  columns: [
    { head: "NAME", text: ({ name }) => name, tone: () => "strong" },
    { head: "TYPE", text: ({ type }) => type },
    { head: "LABELS", text: ({ labels }) => Object.keys(labels).join(" ") || null, unknown: "-" },
    { head: "MEANING", text: ({ help }) => help, widthMin: 20 },
  ],
};
