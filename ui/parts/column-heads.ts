import { html } from "htm/preact";
import type { GlossaryWord } from "../../src/views/glossary";
import { nextSort, type Sort, type SortedBy, type Sorting } from "../lists/sort";
import { Icon } from "./icon";
import { Term } from "./term";

export interface Column {
  readonly class: string;
  readonly title: string;
  /** The title is for screen readers alone. */
  readonly unseen?: true;
  /** What the glossary explains it by. */
  readonly term?: GlossaryWord;
  readonly sort?: SortedBy;
}

/** The head of each column of a table; one the list can go by is a button. */
export function ColumnHeads({ of: columns, sorting }: { of: readonly Column[]; sorting?: Sorting | undefined }) {
  return columns.map(
    (column) =>
      html`<th key=${column.title} scope="col" class=${column.class} title=${column.title} aria-sort=${sortedBy(column, sorting)}>
        <${Head} of=${column} sorting=${sorting} />
      </th>`,
  );
}

function Head({ of: column, sorting }: { of: Column; sorting: Sorting | undefined }) {
  const { title, unseen, term } = column;
  if (unseen) return html`<span class="sr">${title}</span>`;
  if (sorting === undefined || column.sort === undefined)
    return term === undefined ? title : html`<${Term} of=${term}>${title}<//>`;
  const next = nextSort(column.sort, sorting);
  const order = sortedBy(column, sorting);
  return html`<button type="button" class="sorts" data-term=${term} onClick=${() => sorting.choose(next)}>
    ${title}${order === undefined ? null : html`<${Icon} name=${order === "ascending" ? "up" : "down"} />`}
  </button>`;
}

function sortedBy({ sort }: Column, sorting: Sort | undefined): "ascending" | "descending" | undefined {
  if (sort === undefined || sort.by !== sorting?.by) return undefined;
  return sorting.order === "asc" ? "ascending" : "descending";
}
