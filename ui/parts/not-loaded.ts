import { html } from "htm/preact";
import type { ModuleTrouble } from "../live/modules";
import { Icon } from "./icon";

export interface NotLoadedProps {
  /** What is missing, such as "This page". */
  readonly what: string;
  readonly trouble: ModuleTrouble;
  readonly again: () => void;
  /** Puts it away, where it is over a page. */
  readonly close?: () => void;
}

/** In place of a part of the page that is not there: why, and the way on. */
export function NotLoaded({ what, trouble, again, close }: NotLoadedProps) {
  return html`<div class="empty" role="alert">
    <p class="none"><${Icon} name="error" />${what} could not be loaded.</p>
    ${
      trouble === "no-answer"
        ? html`<p>The daemon does not answer; this is tried again by itself once it does.</p>
          <button type="button" class="button" onClick=${again}><${Icon} name="refresh" />Try again</button>`
        : html`<p>The daemon is of another version by now, so this page must be loaded anew.</p>
          <button type="button" class="button" onClick=${() => location.reload()}>
            <${Icon} name="refresh" />Reload
          </button>`
    }
    ${close === undefined ? null : html`<button type="button" class="button" onClick=${close}>Close</button>`}
  </div>`;
}
