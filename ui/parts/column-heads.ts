import { html } from "htm/preact";

export interface Column {
  readonly class: string;
  readonly title: string;
  /** The title is for screen readers alone. */
  readonly unseen?: true;
}

/** The head of each column of a table. */
export function ColumnHeads({ of: columns }: { of: readonly Column[] }) {
  return columns.map(
    ({ class: name, title, unseen }) =>
      html`<th key=${title} scope="col" class=${name}>${unseen ? html`<span class="sr">${title}</span>` : title}</th>`,
  );
}
