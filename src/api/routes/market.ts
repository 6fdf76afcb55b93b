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
      summary: "The market: one view, a row an exchange, movers, the watched symbols",
      answer: marketDetailShape,
      handle: () => deps.market(),
    }),
  ];
}
