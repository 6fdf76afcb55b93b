import { useEffect, useState } from "preact/hooks";
import type { SilencePreview } from "../../src/views/silences";
import { change } from "../live/change";
import type { Changed } from "../live/changed";

/** How long the choice rests before its price is requested, ms. */
const restMs = 200;

/** What a mute would have hidden, read again whenever what is muted changes; null until it is known. */
export function usePreview(body: object | null): Changed<SilencePreview> | null {
  const [known, keep] = useState<{ readonly of: string; readonly preview: Changed<SilencePreview> } | null>(null);
  const wanted = body === null ? null : JSON.stringify(body);
  useEffect(() => {
    if (wanted === null) return;
    let over = false;
    const read = async () => {
      const preview = await change<SilencePreview>("POST", "api/silences/preview", JSON.parse(wanted) as object);
      if (!over) keep({ of: wanted, preview });
    };
    const timer = setTimeout(() => void read(), restMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  return known?.of === wanted ? known.preview : null;
}
