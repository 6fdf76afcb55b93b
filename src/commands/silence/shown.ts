import type { SilenceShape } from "../../views/silences";
import type { Showing } from "../print/print";
import type { FormatTime } from "../print/time";

export function shownWith(format: FormatTime): Showing<SilenceShape> {
  return {
    idOf: ({ id }) => id,
    none: "no silences",
    columns: [
      { head: "ID", text: ({ id }) => id },
      { head: "MATCHES", text: ({ words }) => words, tone: () => "strong", widthMin: 16 },
      { head: "ENDS", text: (silence) => endOf(silence, format), widthMin: 8 },
      { head: "HIDDEN", text: ({ hidden }) => String(hidden), align: "right" },
      { head: "HIGH", text: ({ include_high: high }) => (high ? "hidden too" : "goes out"), leaves: 3 },
      { head: "BY", text: ({ by }) => by, widthMin: 5, leaves: 2 },
      { head: "COMMENT", text: ({ comment }) => comment, widthMin: 10, leaves: 1 },
    ],
  };
}

function endOf({ ends_at: at, until_alert: alert, ended_at: endedAt }: SilenceShape, format: FormatTime): string {
  if (endedAt !== null) return `ended ${format(endedAt)}`;
  if (at !== null) return format(at);
  return alert === null ? "24 h unused" : `with ${alert}`;
}
