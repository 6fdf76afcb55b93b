/** Times are epoch ms. `seq` is the one order of everything: an observation takes one, its items and alerts the next. */

export * from "./schema/received";
export * from "./schema/signals";
export * from "./schema/opportunities";
export * from "./schema/markets";
export * from "./schema/decisions";
export * from "./schema/alerts";
export * from "./schema/quarantine";
export * from "./schema/settings";
export * from "./schema/access";
export * from "./schema/audit";
export * from "./schema/notify";
