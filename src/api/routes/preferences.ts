import { preferencesPatch, preferencesShape, type Preferences } from "../../views/preferences";
import { principalOf, route, type Route } from "../route";

export interface PreferenceDeps {
  readonly preferences: (account: string) => Preferences;
  /** Throws Problem where it is not stored. */
  readonly changePreferences: (account: string, patch: Partial<Preferences>) => Preferences;
}

export function preferenceRoutes(deps: PreferenceDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/preferences",
      need: "signed-in",
      summary: "The caller's own preferences for the pages",
      answer: preferencesShape,
      handle: (call) => deps.preferences(principalOf(call).key),
    }),
    route({
      method: "PATCH",
      path: "/api/preferences",
      need: "signed-in",
      summary: "Changes any of the caller's own preferences",
      body: preferencesPatch,
      answer: preferencesShape,
      // A field that is left out is not a field that is taken away.
      handle: (call) => deps.changePreferences(principalOf(call).key, call.body as Partial<Preferences>),
    }),
  ];
}
