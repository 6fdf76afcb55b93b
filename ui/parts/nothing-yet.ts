import { html } from "htm/preact";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SourceDetail } from "../../src/views/sources";
import { useResource } from "../live/resource";
import { Empty, type EmptyProps } from "./empty";
import { Skeleton } from "./skeleton";

type Steps = ComponentType<{ sources: readonly SourceDetail[] }>;

/** In place of signals that are not there: the first steps as long as no source has ever sent one, else the reason. */
export function NothingYet(props: EmptyProps) {
  const { value, trouble } = useResource<{ readonly items: readonly SourceDetail[] }>("api/sources");
  const [loaded, keep] = useState<{ readonly Steps: Steps | null } | null>(null);
  useEffect(() => {
    import("./first-steps").then(
      ({ FirstSteps }) => keep({ Steps: FirstSteps }),
      () => keep({ Steps: null }),
    );
  }, []);
  if (!props.known) return html`<${Empty} ...${props} />`;
  if (loaded === null || (value === null && trouble === null)) return html`<${Skeleton} ...${props.coming} />`;
  const sources = value?.items ?? [];
  const begun = sources.length === 0 || sources.some(({ last_report_at: at }) => at !== null);
  return begun || loaded.Steps === null ? html`<${Empty} ...${props} />` : html`<${loaded.Steps} sources=${sources} />`;
}
