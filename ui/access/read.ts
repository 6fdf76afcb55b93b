import { useEffect, useState } from "preact/hooks";
import { here } from "../here";
import { fetchJson } from "../live/fetch-json";

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
      const fetched = await fetchJson<T>(here(path), ours.signal);
      if (ours.signal.aborted) return;
      if ("answer" in fetched) setValue(fetched.answer);
      setTrouble("trouble" in fetched ? fetched.trouble : null);
    };
    void read();
    return () => ours.abort();
  }, [path, round]);
  return { value, trouble, again: () => setRound((before) => before + 1) };
}
