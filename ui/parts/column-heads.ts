import { html } from "htm/preact";
import type { GlossaryWord } from "../../src/views/glossary";
import { Term } from "./term";

export interface Column {
  readonly class: string;
  readonly title: string;
  /** The title is for screen readers alone. */
  readonly unseen?: true;
  /** What the glossary explains it by. */
  readonly term?: GlossaryWord;
}

/** The head of each column of a table. */
export function ColumnHeads({ of: columns }: { of: readonly Column[] }) {
  return columns.map(
    ({ class: name, title, unseen, term }) =>
      html`<th key=${title} scope="col" class=${name}>
        ${unseen ? html`<span class="sr">${title}</span>` : term === undefined ? title : html`<${Term} of=${term}>${title}<//>`}
      </th>`,
  );
}
