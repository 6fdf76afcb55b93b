import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../parts/dialog";
import type { DecisionShape } from "../../src/views/decisions";
import { Icon } from "../parts/icon";
import { Skeleton } from "../parts/skeleton";
import { Tool } from "../parts/tool";
import { hrefOpening, openedBy, opening, type Openable, type Opened } from "../shell/opened";
import { useRouter } from "../shell/router";

/** What a module of details gets: the id of its subject, and the decision on it where that was opened. */
export interface SheetProps {
  readonly id: string;
  readonly close: () => void;
  readonly decision?: DecisionShape | null;
}

export interface SheetFrameProps {
  /** What the address names. */
  readonly opened: Opened;
  readonly label: string;
  readonly close: () => void;
  readonly head: ComponentChildren;
  /** Below the head: how it stands. */
  readonly standing?: ComponentChildren;
  /** What can be done with it: beside that, on a phone below the content. */
  readonly acts?: ComponentChildren;
  readonly foot?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** Details over a page: a head that stays, a body that scrolls, the row before and after by k and j. */
export function SheetFrame({
  opened: { kind, id },
  label,
  close,
  head,
  standing,
  acts,
  foot,
  children,
}: SheetFrameProps) {
  const router = useRouter();
  const [beside, setBeside] = useState<Beside>({ before: null, after: null });
  useEffect(() => setBeside(rowsBeside(kind, id)), [kind, id]);
  const show = (other: Opened | null) => {
    if (other !== null) router.setQuery(opening(other));
  };
  const keys = (event: KeyboardEvent) => {
    if (
      event.target instanceof HTMLInputElement ||
      event.target instanceof HTMLSelectElement ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    const other = event.key === "j" ? beside.after : event.key === "k" ? beside.before : null;
    if (other === null) return;
    // The rows behind must not move as well.
    event.stopPropagation();
    show(other);
  };
  return html`<${Dialog} label=${label} class="details-sheet" close=${close}>
    <div class="frame" data-alert=${kind === "alert" ? id : undefined} onKeyDown=${keys}>
      <header>
        ${head}
        <span class="grow"></span>
        ${
          beside.before === null
            ? null
            : html`<${Tool} icon="previous" label="The row before, k" run=${() => show(beside.before)}>
              <kbd class="wide-only">k</kbd>
            <//>`
        }
        ${
          beside.after === null
            ? null
            : html`<${Tool} icon="next" label="The next row, j" run=${() => show(beside.after)}>
              <kbd class="wide-only">j</kbd>
            <//>`
        }
        <${Tool} icon="close" label="Close, Esc" run=${close}><kbd class="wide-only">Esc</kbd><//>
      </header>
      ${standing}${acts}
      <div class="content" tabindex="0" role="group" aria-label=${label}>${children}</div>
      <footer>${foot}<${CopyLink} kind=${kind} id=${id} /></footer>
    </div>
  <//>`;
}

/** While it is read, or where it cannot be. */
export function Loading({ id, what, trouble }: { id: string; what: string; trouble: string | null }) {
  if (trouble === null) return html`<${Skeleton} />`;
  return html`<div class="empty">
    <p class="none" role="status"><${Icon} name="error" />${trouble}</p>
    <p>The ${what} ${id} is not known here, or is older than what is kept.</p>
  </div>`;
}

function CopyLink({ kind, id }: { kind: Openable; id: string }) {
  const [message, setMessage] = useState<string | null>(null);
  useEffect(() => setMessage(null), [id]);
  const copy = () => {
    navigator.clipboard.writeText(hrefOpening(kind, id)).then(
      () => setMessage("copied"),
      () => setMessage("the browser does not allow it"),
    );
  };
  // Browsers give pages the clipboard only where the connection is secure.
  if (!globalThis.isSecureContext) return null;
  return html`<button type="button" class="button" onClick=${copy}><${Icon} name="open" /><span class="words">Copy link</span></button>
    <span class="quiet" role="status">${message}</span>`;
}

interface Beside {
  readonly before: Opened | null;
  readonly after: Opened | null;
}

/** What the rows around this one open, in the list behind. */
function rowsBeside(kind: Openable, id: string): Beside {
  const rows = [...document.querySelectorAll<HTMLAnchorElement>("main a.opens")].flatMap(
    (link) => openedBy(new URL(link.href).searchParams) ?? [],
  );
  const at = rows.findIndex((row) => row.kind === kind && row.id === id);
  return at < 0 ? { before: null, after: null } : { before: rows[at - 1] ?? null, after: rows[at + 1] ?? null };
}
