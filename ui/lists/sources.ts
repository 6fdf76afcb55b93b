import type { SourceDetail } from "../../src/views/sources";
import { useQuery } from "../live/query";

/** Names of the sources, for a filter; empty until they are known. */
export function useSourceNames(): readonly string[] {
  const { value } = useQuery<{ readonly items: readonly SourceDetail[] }>("api/sources", () => false);
  return value?.items.map(({ name }) => name) ?? [];
}
