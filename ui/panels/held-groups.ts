import { html } from "htm/preact";
import type { DecisionShape } from "../../src/views/decisions";
import { useSteady } from "../lists/use-steady";
import { useResource } from "../live/resource";
import { Empty } from "../parts/empty";
import { heldAppear } from "../parts/words";
import type { Frame } from "../wire";
import { HeldList } from "./held-list";

const concernsHeld = (frame: Frame) => frame.type === "held_back";

export function HeldBack({ since, reason }: { since: string; reason: string }) {
  const query = `since=${since}&limit=100${reason === "" ? "" : `&reason=${reason}`}`;
  const { value, trouble } = useResource<{ readonly items: readonly DecisionShape[] }>(
    `api/decisions?outcome=held&${query}`,
    { changedBy: concernsHeld, everyMs: 2000 },
  );
  const rows = useSteady(value?.items ?? [], ({ id }) => id, query);
  return rows.length === 0
    ? html`<${Empty}
      known=${value !== null} trouble=${trouble} why=${`Nothing was held back over the last ${since}.`}
      next=${heldAppear}
    />`
    : html`<${HeldList} rows=${rows} />`;
}
