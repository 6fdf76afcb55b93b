import { permissionsOf, roles } from "../../src/core/roles";
import type { Me, Role } from "./wire";

const descriptions: Readonly<Record<Role, string>> = {
  admin: "admin: everything",
  trader: "trader: exports, alerts",
  analyst: "analyst: exports",
  viewer: "viewer: looks only",
  ingest: "ingest: writes reports",
};

export interface RoleChoice {
  readonly name: Role;
  readonly label: string;
}

/** Roles that allow no more than the account may, the least first: permissions it lacks cannot be granted. */
export function rolesWithin({ permissions }: Me): readonly RoleChoice[] {
  return roles
    .filter((role) => [...permissionsOf[role]].every((each) => permissions.includes(each)))
    .toReversed()
    .map((name) => ({ name, label: descriptions[name] }));
}

/** Roles of people, from the least allowed. */
export const rolesOfPeople: readonly RoleChoice[] = roles
  .filter((role) => role !== "ingest")
  .toReversed()
  .map((name) => ({ name, label: descriptions[name] }));
