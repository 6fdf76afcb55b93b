import type { ComponentChildren, ComponentType, VNode } from "preact";
import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import { here } from "../here";
import { Empty, type EmptyProps } from "../parts/empty";
import type { Column } from "../parts/column-heads";
import { Icon } from "../parts/icon";
import { clockText, momentText } from "../parts/time";
import { Panel } from "../panels/panel";
import type { Frame } from "../wire";
import { FilterFields, type FilterField } from "./filter-fields";
import { ClearFilters, type Filters } from "./filters";
import { OrderChoice, sortable, useListSort, type ListSort } from "./list-sort";
import { useListing } from "./listing";
import { createReading } from "./reading";
import { VirtualTable } from "./virtual-table";

export interface ListPageProps<T> {
  readonly name: string;
  readonly title: string;
  /** Below the daemon's root, without a query. */
  readonly path: string;
  /** The query besides the filters: `by=strength`. */
  readonly also?: string;
  readonly filters: Filters;
  readonly fields: readonly FilterField[];
  /** Beside the filters. */
  readonly aside?: ComponentChildren;
  /** Above the list. */
  readonly bar?: ComponentChildren;
  readonly keyOf: (row: T) => string;
  readonly timeOf: (row: T) => string;
  /** Whether a frame may change the top of the list, newest first. */
  readonly changedBy: (frame: Frame) => boolean;
  /** The row as a frame says it is now; null where the frame is about none. */
  readonly rowIn?: (frame: Frame) => T | null;
  readonly columns: readonly Column[];
  /** What the API can go by, beside the age. */
  readonly sorts?: readonly ListSort[];
  readonly line: (row: T, number: number) => VNode;
  /** Stands where there is none at all; `Empty` where left out. */
  readonly nothing?: ComponentType<EmptyProps>;
  /** Why there may be none at all, and what to do. */
  readonly why: string;
  readonly next: string;
}

/** A whole list on a page of its own: filters in the address, rows as one scrolls, the filtered list as CSV. */
export function ListPage<T>({
  name,
  title,
  path,
  also = "",
  filters,
  fields,
  aside,
  bar,
  keyOf,
  timeOf,
  changedBy,
  rowIn,
  columns,
  sorts = [],
  line,
  nothing: Nothing = Empty,
  why,
  next,
}: ListPageProps<T>) {
  const reading = useMemo(createReading, []);
  const sorting = useListSort();
  const query = [filters.query(), also, sorting.query].filter((part) => part !== "").join("&");
  const { rows, readAt, trouble, complete, more, refetch } = useListing<T>(
    `${path}${query === "" ? "" : `?${query}`}`,
    {
      keyOf,
      changedBy: sorting.newestFirst ? changedBy : null,
      rowIn,
      reading,
    },
  );
  const filled = rows === null ? null : rows.length > 0;
  const newest = useMemo(() => newestOf(rows ?? [], timeOf), [rows]);
  return html`<main class="page list-page" tabindex="-1" aria-label=${title}>
    <${Panel}
      name=${name} title=${title} filled=${filled} newestAt=${newest}
      trouble=${trouble} csv=${here(`${path}?format=csv${query === "" ? "" : `&${query}`}`).href}
      filter=${html`<${FilterFields} of=${fields} filters=${filters} />
        <${OrderChoice} sorts=${sorts} sorting=${sorting} />
        ${
          sorting.newestFirst || readAt === null
            ? null
            : html`<span class="choice">
              <span class="quiet">as of ${clockText(readAt)}</span>
              <button type="button" class="button small" onClick=${refetch}>Read again</button>
            </span>`
        }
        ${aside === undefined ? null : html`<span class="grow"></span>${aside}`}
        <${ClearFilters} of=${filters} />`} filtered=${filters.any}
      filtering=${matchMedia("(min-width: 721px)").matches} bar=${bar}
      reading=${reading}
    >
      ${
        trouble !== null && readAt !== null
          ? html`<p class="notice" role="status">
            <${Icon} name="warning" />
            <span>${trouble} The list is as of ${momentText(readAt)}.</span>
          </p>`
          : null
      }
      ${
        filled === true && rows !== null
          ? html`<${VirtualTable}
            caption=${title} columns=${sortable(columns, sorts)} sorting=${sorting} rows=${rows} line=${line}
            total=${complete ? rows.length : null} more=${more}
          />`
          : html`<${filters.any ? Empty : Nothing}
            known=${rows !== null} coming=${{ of: 100 }} trouble=${trouble} why=${filters.any ? "Nothing matches." : why}
            next=${filters.any ? "Take a filter away to see more." : next}
          />`
      }
    <//>
  </main>`;
}

function newestOf<T>(rows: readonly T[], timeOf: (row: T) => string): string | null {
  return rows.reduce<string | null>(
    (newest, row) => (newest === null || timeOf(row) > newest ? timeOf(row) : newest),
    null,
  );
}
