import { useEffect, useState } from "preact/hooks";

const key = "virtuoso.visit";
/** Who was away for less has not left, ms. */
const awayMs = 10 * 60_000;
const noteEveryMs = 30_000;

/** Read once a page: until when the visit before this one lasted. */
let before: number | null | undefined;

/** When this browser last looked at the desk before now, epoch ms; null where it never did. */
export function useVisit(): number | null {
  const [seenAt] = useState(() => before ??= lastVisit());
  useEffect(() => {
    const note = () => { if (!document.hidden) localStorage.setItem(key, JSON.stringify({ seenAt: before ?? null, at: Date.now() })); };
    note();
    const timer = setInterval(note, noteEveryMs);
    return () => clearInterval(timer);
  }, []);
  return seenAt ?? null;
}

/** A reload a moment later goes on with the same visit. */
function lastVisit(): number | null {
  const kept = localStorage.getItem(key);
  if (kept === null) return null;
  const told: unknown = JSON.parse(kept);
  if (typeof told !== "object" || told === null || !("at" in told) || typeof told.at !== "number") return null;
  const earlier = "seenAt" in told && typeof told.seenAt === "number" ? told.seenAt : null;
  return Date.now() - told.at < awayMs ? earlier : told.at;
}
