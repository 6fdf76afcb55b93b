import { Problem } from "../api/problems";
import { preferenceRoutes } from "../api/routes/preferences";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { keepPreferences, storedPreferences } from "../store/preferences";
import { readPreferences, type Preferences } from "../views/preferences";

/** How each account wants its pages. */
export function preferencesSection({ database, writer, now }: DaemonParts): Section {
  const preferences = (account: string) => readPreferences(storedPreferences(database, account));
  /** Throws Problem where it is not stored. */
  const changePreferences = (account: string, patch: Partial<Preferences>) => {
    const changed = { ...preferences(account), ...patch };
    const keep = () => keepPreferences(database, { account, value: JSON.stringify(changed), updatedAt: now() });
    if (!writer.maintain(keep)) throw new Problem("not-stored", writer.trouble ?? undefined);
    return changed;
  };
  return { name: "preferences", routes: preferenceRoutes({ preferences, changePreferences }) };
}
