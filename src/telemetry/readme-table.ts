import { catalogue } from "./catalogue";
import type { Described, LabelValues } from "./described";

/** The catalogue as the README shows it. */
export function readmeTable(): string {
  const rows = Object.values(catalogue).map(
    ({ name, type, labels, help }: Described) =>
      `| \`${name}\` | ${type} | ${Object.keys(labels).join(" ")} | ${help} |`,
  );
  return ["| name | type | labels | meaning |", "|---|---|---|---|", ...rows].join("\n");
}

/** The README with the table of today in the place of the one it has. Throws where it has none. */
export function withReadmeTable(readme: string): string {
  const before = /\| name \| type \| labels \| meaning \|\n(?:\|.*\n)+/;
  if (!before.test(readme)) throw new Error("the README has no table of metrics");
  return readme.replace(before, () => `${readmeTable()}\n`);
}

/** What a label may say, for a person. */
export function describeValues(values: LabelValues): string {
  if ("group" in values) return `the ${values.group} of the config, at most ${values.valuesMax}`;
  if ("open" in values) return `at most ${values.valuesMax}`;
  return values.join(" ");
}

if (import.meta.main) {
  const path = new URL("../../README.md", import.meta.url).pathname;
  await Bun.write(path, withReadmeTable(await Bun.file(path).text()));
}
