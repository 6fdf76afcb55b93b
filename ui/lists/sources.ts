import type { SourceDetail } from "../../src/views/sources";
import { useAnswer } from "../live/answer";

/** Names of the sources, for a filter; empty until they are known. */
export function useSourceNames(): readonly string[] {
  const { value } = useAnswer<{ readonly items: readonly SourceDetail[] }>("api/sources", () => false);
  return value?.items.map(({ name }) => name) ?? [];
}
