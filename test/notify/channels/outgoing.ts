import type { Outgoing } from "../../../src/notify/channels/channel";
import type { Mail } from "../../../src/notify/mail";

const createdAt = Date.UTC(2026, 10, 28, 13, 2);

/** Of a channel that sends no letters. */
export const noMail: Mail = () => Promise.reject(new Error("it sends no letters"));

/** A message as the deliverer makes it. */
export function anOutgoing(over: Partial<Outgoing> = {}): Outgoing {
  return {
    id: "d12-0a1b2c3d",
    purpose: "raise",
    createdAt,
    at: createdAt + 400,
    priority: "high",
    title: "BTCUSDT: BUY with strength 85",
    text: "BTCUSDT: BUY with strength 85\nraised 13:02 UTC",
    link: "https://desk.example.org/alerts#a7",
    publicLink: "https://desk.example.org/alerts#a7",
    alert: {
      id: "a7",
      kind: "event",
      state: "open",
      type: "SIGNAL",
      priority: "high",
      message: "BTCUSDT: BUY with strength 85",
      timestamp: "2026-11-28T13:02:00.000Z",
      source: "reports",
      symbol: "BTCUSDT",
      trace: [{ check: "fresh", passed: true }],
    },
    acts: [],
    edits: null,
    ...over,
  };
}
