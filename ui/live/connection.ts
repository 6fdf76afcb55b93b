/** The state of the connection to the daemon. Times are local epoch ms. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "connected" }
  | { readonly state: "waiting"; readonly retryAt: number };
