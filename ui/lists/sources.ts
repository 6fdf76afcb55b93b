import type { SourceDetail } from "../../src/views/sources";
import { useResource } from "../live/resource";

/** Names of the sources, for a filter; empty until they are known. */
export function useSourceNames(): readonly string[] {
  const { value } = useResource<{ readonly items: readonly SourceDetail[] }>("api/sources");
  return value?.items.map(({ name }) => name) ?? [];
}
