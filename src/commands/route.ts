import type { Command } from "commander";
import { formatMatch, type Matcher } from "../core/matcher";
import type { RoutePreviewShape, RoutesShape } from "../views/routes";
import { addOutput, addRemote, type RemoteOptions } from "./options";
import { printItems, remark, type Format, type Showing } from "./print/print";

interface Options extends RemoteOptions {
  readonly output: Format;
}

export function define(command: Command): void {
  addOutput(addRemote(command.command("list", { isDefault: true }).description("which alerts go to whom"))).action(
    list,
  );
  addOutput(
    addRemote(command.command("preview").description("what the routes would have made of the last 7 days, by day")),
  ).action(preview);
}

async function list(options: Options): Promise<void> {
  const { readRoutes } = await import("./route/read-routes");
  const { items, origin } = await readRoutes(options);
  printItems(items, options.output, routesShown);
  if (origin === "runtime") remark("they were set at run time, and hold instead of the config's");
}

async function preview(options: Options): Promise<void> {
  const { previewOfRoutes } = await import("./route/read-routes");
  const { days, unrouted, complete } = await previewOfRoutes(options);
  printItems(days, options.output, daysShown);
  if (unrouted > 0) remark(`no route takes ${unrouted} of the alerts: they stay on the page`);
  if (!complete) remark("there are more alerts than are looked at: the first days are not complete");
}

type Item = RoutesShape["items"][number];

const routesShown: Showing<Item> = {
  idOf: ({ name }) => name,
  none: "no routes: high goes to every channel at once, medium within 30 s, low in the daily digest",
  columns: [
    { head: "NAME", text: ({ name }) => name, tone: () => "strong", widthMin: 8 },
    { head: "TAKES", text: ({ match }) => formatMatch(match as Matcher[]) || "everything", widthMin: 16 },
    { head: "TO", text: ({ steps }) => steps.map(stepText).join(", then "), widthMin: 22 },
    { head: "QUIET", text: ({ quiet }) => quiet ?? null, unknown: "-", leaves: 4 },
    { head: "A DAY", text: ({ budget }) => (budget ? String(budget.perDay) : null), unknown: "-", leaves: 3 },
    { head: "DIGEST", text: ({ digest }) => digest ?? null, unknown: "-", leaves: 1 },
    { head: "STOPS", text: ({ stop }) => (stop ? "yes" : "no"), leaves: 2 },
  ],
};

function stepText({ after, to, unless }: Item["steps"][number]): string {
  const who = to.join(" and ");
  return after === "0s" ? who : `after ${after} ${who}${unless === undefined ? "" : ` unless ${unless}`}`;
}

const daysShown: Showing<RoutePreviewShape["days"][number]> = {
  idOf: ({ day, route }) => `${day} ${route}`,
  none: "nothing would have been sent in the last 7 days",
  columns: [
    { head: "DAY", text: ({ day }) => day },
    { head: "ROUTE", text: ({ route }) => route, tone: () => "strong", widthMin: 8 },
    { head: "SENT", text: ({ sent }) => String(sent), align: "right" },
    { head: "AT NIGHT", text: ({ at_night: held }) => String(held), align: "right" },
    { head: "FOLDED", text: ({ folded }) => String(folded), align: "right" },
  ],
};
