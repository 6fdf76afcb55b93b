/** What one may be allowed. */
export const permissions = [
  "dashboard.view",
  "dashboard.admin",
  "dashboard.health.view",
  "dashboard.pipeline.view",
  "dashboard.portfolio.view",
  "dashboard.logs.view",
  "dashboard.settings.manage",
  "dashboard.export.data",
  "dashboard.alerts.manage",
  "ingest.write",
] as const;

export type Permission = (typeof permissions)[number];

/** From the most allowed to the least; `ingest` is for machines. */
export const roles = ["admin", "trader", "analyst", "viewer", "ingest"] as const;

export type Role = (typeof roles)[number];

const viewer: readonly Permission[] = ["dashboard.view", "dashboard.health.view"];

/** The permissions of each role. */
export const permissionsOf: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  admin: new Set(permissions),
  trader: new Set([
    ...viewer,
    "dashboard.pipeline.view",
    "dashboard.portfolio.view",
    "dashboard.alerts.manage",
    "dashboard.export.data",
  ]),
  analyst: new Set([...viewer, "dashboard.portfolio.view", "dashboard.export.data"]),
  viewer: new Set(viewer),
  ingest: new Set(["ingest.write"]),
};

/** May `holder` grant `wanted`: none grants what they do not have. */
export function covers(holder: ReadonlySet<Permission>, wanted: Role): boolean {
  return permissionsOf[wanted].isSubsetOf(holder);
}
