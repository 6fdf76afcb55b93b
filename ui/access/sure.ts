import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Changed } from "../live/changed";

export interface SureProps {
  /** What the button says. */
  readonly label: string;
  /** What it is done to, for those who only hear it. */
  readonly of: string;
  readonly act: () => Promise<Changed<unknown>>;
  readonly done: () => void;
}

/** Does what cannot be undone on the second press; the way back is beside it. */
export function Sure({ label, of, act, done }: SureProps) {
  const [asking, askWhether] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) no.current?.focus();
  }, [asking]);

  async function run(): Promise<void> {
    const changed = await act();
    askWhether(false);
    if ("trouble" in changed) return setTrouble(changed.trouble);
    setTrouble(null);
    done();
  }

  return html`<span class="sure">
    ${trouble === null ? null : html`<span class="refusal" role="alert">${trouble}</span>`}
    ${asking
      ? html`<button type="button" class="button small" ref=${no} onClick=${() => askWhether(false)}>Keep<span class="sr"> ${of}</span></button>
        <button type="button" class="button small danger" onClick=${() => void run()}>${label}, surely<span class="sr">: ${of}</span></button>`
      : html`<button type="button" class="button small" onClick=${() => askWhether(true)}>${label}<span class="sr"> ${of}</span></button>`}
  </span>`;
}
