import { useState } from "preact/hooks";
import { change } from "../live/change";
import { count } from "../parts/numbers";

/** Files as they are sent: none is all of them. */
export interface Asked {
  readonly file?: string;
  readonly source?: string;
}

export interface ReadAgain {
  readonly busy: boolean;
  /** What came of it last; null until something was asked. */
  readonly outcome: { readonly text: string; readonly wrong: boolean } | null;
  readonly ask: (asked: Asked) => Promise<void>;
}

/** Has the daemon read what is in quarantine again. */
export function useReadAgain(): ReadAgain {
  const [busy, setBusy] = useState(false);
  const [outcome, tell] = useState<ReadAgain["outcome"]>(null);
  async function ask(asked: Asked): Promise<void> {
    setBusy(true);
    const changed = await change<{ readonly retried: readonly string[] }>("POST", "api/quarantine/retry", asked);
    tell("trouble" in changed ? { text: changed.trouble, wrong: true } : { text: inWords(changed.answer.retried), wrong: false });
    setBusy(false);
  }
  return { busy, outcome, ask };
}

function inWords(files: readonly string[]): string {
  const [only] = files;
  if (only === undefined) return "There was nothing to read again: it has left quarantine meanwhile.";
  return `${files.length === 1 ? only : `${count(files.length)} files`} will be read again now; what still cannot be read stays here.`;
}
