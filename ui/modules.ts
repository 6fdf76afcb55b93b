import { pages } from "./pages";

/** Modules below ui/ that show the details of one thing over a page. */
export const detailsModules = [
  "details/signal-details",
  "details/alert-details",
  "details/opportunity-details",
  "details/decision-details",
  "details/received-details",
  "details/quarantined-details",
  "details/silence-details",
  "details/delivery-details",
  "details/source-details",
  "details/check-details",
  "details/exchange-details",
  "details/audit-details",
] as const;

/** Modules below ui/ that are loaded when something over a page is opened. */
export const openedModules = [
  ...detailsModules,
  "shell/palette",
  "shell/key-sheet",
  "shell/more-sheet",
  "acts/mute-dialog",
  "drawer/drawer",
  "desk/make-room",
] as const;

/** Everything that the desk loads late, what is looked at most first. */
export const lateModules: readonly string[] = [...pages.map(({ module }) => module), ...openedModules];
