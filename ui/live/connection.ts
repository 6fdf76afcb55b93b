/** Where the page stands with the daemon. Times are local epoch ms. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "connected" }
  | { readonly state: "waiting"; readonly retryAt: number };
