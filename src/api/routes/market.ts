import { marketDetailShape, type MarketDetail } from "../../views/market";
import { route, type Route } from "../route";

export interface MarketDeps {
  readonly market: () => MarketDetail;
}

export function marketRoutes(deps: MarketDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/market",
      need: "dashboard.view",
      summary: "The market: all of it in one view, each exchange by itself, movers, the watched symbols",
      answer: marketDetailShape,
      handle: () => deps.market(),
    }),
  ];
}
