import { useEffect, useState } from "preact/hooks";
import { here } from "../here";
import { ask } from "../live/ask";

/** What the daemon answered last, why not, and how to ask again: after a change of one's own, for nothing tells of these. */
export interface Read<T> {
  readonly value: T | null;
  readonly trouble: string | null;
  readonly again: () => void;
}

export function useRead<T>(path: string): Read<T> {
  const [value, setValue] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const ours = new AbortController();
    const read = async () => {
      const asked = await ask<T>(here(path), ours.signal);
      if (ours.signal.aborted) return;
      if ("answer" in asked) setValue(asked.answer);
      setTrouble("trouble" in asked ? asked.trouble : null);
    };
    void read();
    return () => ours.abort();
  }, [path, round]);
  return { value, trouble, again: () => setRound((before) => before + 1) };
}
