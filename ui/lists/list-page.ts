import type { ComponentChildren, VNode } from "preact";
import { html } from "htm/preact";
import { here } from "../here";
import { Empty } from "../parts/empty";
import type { Column } from "../parts/column-heads";
import { Icon } from "../parts/icon";
import { momentText } from "../parts/time";
import { Panel } from "../panels/panel";
import type { Frame } from "../wire";
import { FilterFields, type FilterField } from "./filter-fields";
import { ClearFilters, type Filters } from "./filters";
import { useListing } from "./listing";
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
  /** Whether a frame may change the top of the list; null where it is not in order of time. */
  readonly changedBy: ((frame: Frame) => boolean) | null;
  /** The row as a frame says it is now; null where the frame is about none. */
  readonly rowIn?: (frame: Frame) => T | null;
  readonly columns: readonly Column[];
  readonly line: (row: T, number: number) => VNode;
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
  line,
  why,
  next,
}: ListPageProps<T>) {
  const query = [filters.query(), also].filter((part) => part !== "").join("&");
  const { rows, readAt, trouble, complete, more, news, body } = useListing<T>(
    `${path}${query === "" ? "" : `?${query}`}`,
    {
      keyOf,
      changedBy,
      rowIn,
    },
  );
  const filled = rows === null ? null : rows.length > 0;
  const first = rows?.[0];
  return html`<main class="page list-page" tabindex="-1" aria-label=${title}>
    <${Panel}
      name=${name} title=${title} filled=${filled} newestAt=${first === undefined ? null : timeOf(first)}
      trouble=${trouble} csv=${here(`${path}?format=csv${query === "" ? "" : `&${query}`}`).href}
      filter=${html`<${FilterFields} of=${fields} filters=${filters} />
        ${aside === undefined ? null : html`<span class="grow"></span>${aside}`}
        <${ClearFilters} of=${filters} />`} filtered=${filters.any}
      filtering=${matchMedia("(min-width: 721px)").matches} bar=${bar}
      news=${news} body=${body}
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
            caption=${title} columns=${columns} rows=${rows} line=${line}
            total=${complete ? rows.length : null} more=${more}
          />`
          : html`<${Empty}
            known=${rows !== null} coming=${{ of: 100 }} trouble=${trouble} why=${filters.any ? "Nothing matches." : why}
            next=${filters.any ? "Take a filter away to see more." : next}
          />`
      }
    <//>
  </main>`;
}
