import type { Need } from "../../src/auth/permissions";
import { asyncapiRoute } from "../../src/api/asyncapi";
import { socketRoute } from "../../src/api/front";
import { openapiRoute, type Described } from "../../src/api/openapi";
import type { Route } from "../../src/api/route";
import { needsOf } from "../../src/api/route-table";
import type { DaemonParts } from "../../src/daemon/parts";
import { routesOf } from "../../src/daemon/section";
import { allSections } from "../../src/sections";

const nothing = () => [].values();

/** Answers every call with itself: routes are made, none is called. */
const anything: unknown = new Proxy(() => anything, {
  get: (_, name) => (name === Symbol.iterator ? nothing : typeof name === "symbol" ? undefined : anything),
});

/** What sections are made of, as far as their routes need it: a daemon that was started with an empty config file. */
const parts = new Proxy({ started: { file: {} } }, { get: (given, name) => Reflect.get(given, name) ?? anything });

export function everyRoute(): Route[] {
  const described = anything as Described;
  const sections = allSections.map((create) => create(parts as unknown as DaemonParts));
  return [...routesOf(sections), openapiRoute(described), asyncapiRoute(described)];
}

/** The table of permissions as the daemon makes it of its routes. */
export function everyNeed(): Readonly<Record<string, Need>> {
  return needsOf([...everyRoute(), socketRoute]);
}
