/** The state of the connection to the daemon. Times are local epoch ms. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "connected" }
  | { readonly state: "waiting"; readonly retryAt: number; readonly tryNow: () => void };

/**
 * What a reader may believe of the page: what is shown is so now; it is read every few seconds; it is not there yet;
 * or it was so when the daemon last answered.
 */
export type Link = "connected" | "polling" | "connecting" | "lost";
