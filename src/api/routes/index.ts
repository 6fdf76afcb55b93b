import type { Route } from "../route";
import { accountRoutes } from "./account";
import { alertmanagerRoutes } from "./alertmanager";
import { alertRoutes } from "./alerts";
import { auditRoutes } from "./audit";
import { candleRoutes } from "./candles";
import { decisionRoutes } from "./decisions";
import { errorRoutes } from "./errors";
import { eventRoutes } from "./events";
import { healthRoutes } from "./health";
import { identityProviderRoutes } from "./identity-provider";
import { marketRoutes } from "./market";
import { opportunityRoutes } from "./opportunities";
import { overviewRoutes } from "./overview";
import { ownerRoutes } from "./owner";
import { preferenceRoutes } from "./preferences";
import { prometheusRoutes } from "./prometheus";
import { quarantineRoutes } from "./quarantine";
import { receivedRoutes } from "./received";
import { scannerRoutes } from "./scanners";
import { secondFactorRoutes } from "./second-factor";
import { sessionRoutes } from "./sessions";
import { settingsRoutes } from "./settings";
import { signInRoutes } from "./sign-in";
import { signalRoutes } from "./signals";
import { sourceRoutes } from "./sources";
import { symbolRoutes } from "./symbols";
import { tokenRoutes } from "./tokens";
import { userRoutes } from "./users";

/** In the order they are described; of two paths that match, the one before wins. */
const nouns = [
  overviewRoutes,
  alertRoutes,
  signalRoutes,
  decisionRoutes,
  receivedRoutes,
  opportunityRoutes,
  symbolRoutes,
  sourceRoutes,
  quarantineRoutes,
  scannerRoutes,
  marketRoutes,
  candleRoutes,
  eventRoutes,
  settingsRoutes,
  preferenceRoutes,
  errorRoutes,
  signInRoutes,
  identityProviderRoutes,
  accountRoutes,
  secondFactorRoutes,
  sessionRoutes,
  userRoutes,
  tokenRoutes,
  ownerRoutes,
  auditRoutes,
  healthRoutes,
  prometheusRoutes,
  alertmanagerRoutes,
] as const;

type All<T> = (T extends unknown ? (each: T) => void : never) extends (all: infer A) => void ? A : never;

/** What all of them together need. */
export type RouteDeps = All<Parameters<(typeof nouns)[number]>[0]>;

export function allRoutes(deps: RouteDeps): Route[] {
  return nouns.flatMap((routesOf) => routesOf(deps));
}
