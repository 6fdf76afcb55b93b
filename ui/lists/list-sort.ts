import { html } from "htm/preact";
import type { Column } from "../parts/column-heads";
import { useRouter } from "../shell/router";
import { Choice } from "./filters";
import type { Sort, Sorting } from "./sort";

/** What a whole list can go by: `age`, or a value of the API's `by`, and how either way reads. */
export interface ListSort {
  readonly by: string;
  readonly desc: string;
  readonly asc: string;
}

const byAge: ListSort = { by: "age", asc: "newest first", desc: "oldest first" };

/** The order of a list on a page of its own, kept in the address. */
export interface ListSorting extends Sorting {
  /** As the API takes it; empty for newest first. */
  readonly query: string;
  /** New rows come in at the top. */
  readonly newestFirst: boolean;
}

export function useListSort(): ListSorting {
  const router = useRouter();
  const { query } = router.route.value;
  const by = query.get("by") ?? byAge.by;
  const up = query.get("order") === "asc";
  // The oldest has the largest age.
  const inAddress = (sort: Sort) => ((sort.by === byAge.by) === (sort.order === "desc") ? "asc" : null);
  const sort: Sort = { by, order: (by === byAge.by) === up ? "desc" : "asc" };
  return {
    ...sort,
    choose: (next) => router.setQuery({ by: next.by === byAge.by ? null : next.by, order: inAddress(next) }),
    query: [by === byAge.by ? "" : `by=${encodeURIComponent(by)}`, up ? "order=asc" : ""].filter(Boolean).join("&"),
    newestFirst: by === byAge.by && !up,
  };
}

/** The columns with a head to press where the API can go by them. */
export function sortable(columns: readonly Column[], sorts: readonly ListSort[]): readonly Column[] {
  const known = new Set([byAge, ...sorts].map(({ by }) => by));
  return columns.map(({ sort, ...column }) =>
    sort !== undefined && known.has(sort.by) ? { ...column, sort } : column,
  );
}

/** The same choice in words, where a phone shows no heads. */
export function OrderChoice({ sorts, sorting }: { sorts: readonly ListSort[]; sorting: ListSorting }) {
  const options = [byAge, ...sorts].flatMap(({ by, asc, desc }) =>
    by === byAge.by
      ? [
          { name: `${by} asc`, label: asc },
          { name: `${by} desc`, label: desc },
        ]
      : [
          { name: `${by} desc`, label: desc },
          { name: `${by} asc`, label: asc },
        ],
  );
  return html`<span class="phone-order"><${Choice}
    label="order" value=${`${sorting.by} ${sorting.order}`} options=${options}
    choose=${(name: string) => {
      const [by = byAge.by, order] = name.split(" ");
      sorting.choose({ by, order: order === "asc" ? "asc" : "desc" });
    }}
  /></span>`;
}
