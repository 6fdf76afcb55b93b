import { whole } from "../../core/query-text";
import { z } from "zod";
import type { Actor } from "../../auth/accounts";
import { tunablesPatchSchema, tunablesSchema, type Tunables, type TunablesPatch } from "../../core/tunables";
import { previewShape, type Preview } from "../../views/preview";
import { settingOriginShape, type SettingOrigin } from "../../views/setting-origin";
import { settingsChangeShape, type SettingsChange } from "../../views/settings-history";
import { hasAlready, sameTag } from "../entity-tag";
import { Problem } from "../problems";
import { actorOf, itemsOf, route, type Call, type Route } from "../route";
import { ownAnswer } from "../security-headers";

const configHistoryQuery = z.strictObject({ limit: whole(1, 1000).optional().describe("At most so many.") });

const configQuery = z.strictObject({
  origins: z.enum(["0", "1"]).optional().describe("1: with where each value comes from."),
});

export interface SettingsDeps {
  readonly isoNow: () => string;
  readonly config: () => { readonly tunables: Tunables; readonly etag: string };
  readonly origins: () => SettingOrigin[];
  readonly configSchema: () => object;
  /** Throws Problem where it is not stored. */
  readonly changeConfig: (patch: TunablesPatch, by: Actor) => void;
  /** The config file's value, or the default, holds again. Throws Problem where there is none of that name, or it is not stored. */
  readonly unsetConfig: (key: string, by: Actor) => void;
  /** Newest first. */
  readonly settingsHistory: (limit: number) => SettingsChange[];
  readonly preview: (patch: TunablesPatch) => Promise<Preview>;
}

const path = "/api/dashboard/config";

export function settingsRoutes(deps: SettingsDeps): Route[] {
  return [
    route({
      method: "GET",
      path,
      need: "dashboard.view",
      limit: "configRead",
      summary: "The settings that can change while the daemon runs",
      query: configQuery,
      answer: configShape,
      handle({ query, context }) {
        const { tunables, etag } = deps.config();
        context.header("etag", etag);
        context.header("cache-control", ownAnswer);
        if (query.origins === "1") return context.json({ ...tunables, origins: deps.origins() });
        return hasAlready(context.req.header("if-none-match"), etag) ? context.body(null, 304) : context.json(tunables);
      },
    }),
    route({
      method: "GET",
      path: `${path}/schema`,
      need: "dashboard.view",
      summary: "JSON Schema of the settings, with units and help",
      answer: z.looseObject({}),
      handle: ({ context }) => context.json(deps.configSchema()),
    }),
    route({
      method: "POST",
      path,
      need: "dashboard.settings.manage",
      limit: "configWrite",
      summary: "Changes any subset of the settings, at once",
      body: tunablesPatchSchema,
      answer: changedShape,
      handle(call) {
        assertNotOvertaken(call, deps);
        deps.changeConfig(call.body, actorOf(call));
        return changed(call, deps, "The settings hold from now on.");
      },
    }),
    route({
      method: "DELETE",
      path: `${path}/:key`,
      need: "dashboard.settings.manage",
      limit: "configWrite",
      summary: "Removes a runtime setting: the config file's value, or the default, is in force again",
      answer: changedShape,
      handle(call) {
        assertNotOvertaken(call, deps);
        deps.unsetConfig(call.params.key, actorOf(call));
        return changed(call, deps, "The config file's value, or the default, holds from now on.");
      },
    }),
    route({
      method: "GET",
      path: `${path}/history`,
      need: "dashboard.view",
      summary: "Changes of the runtime settings, newest first: when, by whom, before and after",
      query: configHistoryQuery,
      answer: itemsOf(settingsChangeShape),
      handle: ({ query: { limit = 20 } }) => ({ items: deps.settingsHistory(limit), next_cursor: null }),
    }),
    route({
      method: "POST",
      path: `${path}/preview`,
      need: "dashboard.view",
      summary: "What a change would have done to the last 7 days",
      body: tunablesPatchSchema,
      answer: previewShape,
      handle: ({ body }) => deps.preview(body),
    }),
  ];
}

const configShape = tunablesSchema.extend({
  origins: z.array(settingOriginShape).optional().meta({ description: "with origins=1: where each value comes from" }),
});

const changedShape = z.object({ status: z.literal("success"), message: z.string(), timestamp: z.string() });

function changed(
  { context }: Pick<Call, "context">,
  deps: SettingsDeps,
  message: string,
): z.infer<typeof changedShape> {
  context.header("etag", deps.config().etag);
  return { status: "success", message, timestamp: deps.isoNow() };
}

/** Throws Problem where the caller knew other settings than those that hold. */
function assertNotOvertaken({ context }: Pick<Call, "context">, deps: SettingsDeps): void {
  const wanted = context.req.header("if-match");
  if (wanted !== undefined && wanted !== "*" && !sameTag(wanted, deps.config().etag))
    throw new Problem("changed-meanwhile");
}
