import { useState } from "preact/hooks";
import { change } from "../live/change";
import { count } from "../parts/numbers";

/** Files as they are sent: none is all of them. */
interface RetryWhat {
  readonly file?: string;
  readonly source?: string;
}

/** What came of one file. */
interface Retried {
  readonly file: string;
  readonly outcome: keyof typeof outcomes;
  readonly reason: string | null;
}

export interface ReadAgain {
  readonly busy: boolean;
  /** What came of it last; null before the first. */
  readonly outcome: { readonly text: string; readonly wrong: boolean } | null;
  readonly retry: (what: RetryWhat) => Promise<void>;
}

/** Has the daemon read what is in quarantine again. */
export function useReadAgain(): ReadAgain {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<ReadAgain["outcome"]>(null);
  async function retry(what: RetryWhat): Promise<void> {
    setBusy(true);
    const changed = await change<{ readonly items: readonly Retried[] }>("POST", "api/quarantine/retry", what);
    setOutcome(
      "trouble" in changed
        ? { text: changed.trouble, wrong: true }
        : { text: inWords(changed.answer.items), wrong: false },
    );
    setBusy(false);
  }
  return { busy, outcome, retry };
}

function inWords(files: readonly Retried[]): string {
  const [only] = files;
  if (only === undefined) return "There was nothing to read again: it has left quarantine meanwhile.";
  if (files.length === 1)
    return `${only.file} ${outcomes[only.outcome]}${only.reason === null ? "" : ` (${only.reason})`}.`;
  const parts = Object.entries(outcomes).flatMap(([outcome, words]) => {
    const of = files.filter((file) => file.outcome === outcome).length;
    return of === 0 ? [] : [`${count(of)} ${words}`];
  });
  return `Of ${count(files.length)} files: ${parts.join(", ")}.`;
}

const outcomes = {
  read: "left quarantine",
  refused: "cannot be read still",
  gone: "no longer there",
  waiting: "not read yet",
} as const;
