import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Changed } from "../live/changed";

export interface ConfirmButtonProps {
  /** What the button says. */
  readonly label: string;
  /** What it is done to, for screen readers. */
  readonly of: string;
  readonly act: () => Promise<Changed<unknown>>;
  readonly done: () => void;
}

/** Does what cannot be undone on the second press; the way back is beside it. */
export function ConfirmButton({ label, of, act, done }: ConfirmButtonProps) {
  const [confirming, setConfirming] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (confirming) no.current?.focus();
  }, [confirming]);

  async function run(): Promise<void> {
    const changed = await act();
    setConfirming(false);
    if ("trouble" in changed) return setTrouble(changed.trouble);
    setTrouble(null);
    done();
  }

  return html`<span class="sure">
    ${trouble === null ? null : html`<span class="refusal" role="alert">${trouble}</span>`}
    ${
      confirming
        ? html`<button type="button" class="button small" ref=${no} onClick=${() => setConfirming(false)}>
          Keep<span class="sr"> ${of}</span>
        </button>
          <button type="button" class="button small danger" onClick=${() => void run()}>
            Yes, ${label.charAt(0).toLowerCase()}${label.slice(1)}<span class="sr">: ${of}</span>
          </button>`
        : html`<button type="button" class="button small" onClick=${() => setConfirming(true)}>
          ${label}<span class="sr"> ${of}</span>
        </button>`
    }
  </span>`;
}
