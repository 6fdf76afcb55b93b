import { z } from "zod";

/** What Bun's parser says of one place. */
const placedSchema = z.object({
  message: z.string(),
  position: z.object({ file: z.string(), line: z.number(), column: z.number() }),
});

/** Why a config file cannot be loaded: file, line, column and the parser's own words, or what the file itself threw. */
export function loadFault(path: string, error: unknown): string {
  const placed = (error instanceof AggregateError ? error.errors : [error]).flatMap(
    (each) => placedSchema.safeParse(each).data ?? [],
  );
  const [first] = placed;
  if (first === undefined)
    return `${path} cannot be loaded: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`.replaceAll(
      /\?read=\d+/g,
      "",
    );
  const { file, line, column } = first.position;
  // One slip makes the parser stumble over much that follows.
  const more = placed.length > 1 ? ` (and ${placed.length - 1} more after it)` : "";
  return `${file === "" ? path : file.replace(/\?.*$/, "")}:${line}:${column}: ${first.message}${more}`;
}
