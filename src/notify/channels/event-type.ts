import type { Purpose } from "../../core/notify/delivery";

/** The type of a message for machines, by what it is sent for. */
export const eventTypes = {
  raise: "alert.raised",
  remind: "alert.changed",
  escalate: "alert.changed",
  edit: "alert.changed",
  resolve: "alert.resolved",
  digest: "digest",
  canary: "canary",
  test: "test",
} as const satisfies Readonly<Record<Purpose, string>>;
