/** Why the database does not take what it is given, as the API, the socket and the metrics name it. */
export const storeFaults = ["disk-full", "read-only", "locked", "corrupt", "missing", "failed"] as const;
export type StoreFault = (typeof storeFaults)[number];
