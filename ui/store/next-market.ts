import type { MarketNews } from "../wire";

/** Another exchange's view counts where the one shown has been quiet for so long. */
const quietAfterMs = 5 * 60_000;

/**
 * The market after a view of it. A late report of an earlier moment is kept by the daemon, but it is not the market of
 * now; nor is another exchange's while the one shown reports.
 */
export function nextMarket(before: MarketNews | null, news: MarketNews): MarketNews {
  if (before === null) return news;
  const aheadMs = Date.parse(news.last_updated ?? "") - Date.parse(before.last_updated ?? "");
  if (aheadMs < 0 || (news.source !== before.source && aheadMs < quietAfterMs)) return before;
  const { btc_dominance = null, fear_and_greed = null, figures = [] } = before;
  const cap = figures.find(({ name }) => name === "market_cap");
  return { ...news, btc_dominance, fear_and_greed, figures, market_cap: cap?.value ?? news.market_cap };
}
