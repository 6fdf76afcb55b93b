/** Currencies prices are given in, longest first so that FDUSD is not read as FD and USD. */
const quotes = [
  "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDE", "USD1", "USDD",
  "USD", "DAI", "BTC", "ETH", "BNB", "EUR", "GBP", "INR", "JPY", "KRW", "TRY", "BRL", "AUD",
];
const known = new Set(quotes);

export function isQuote(text: string): boolean {
  return known.has(text.toUpperCase());
}

/** Whether a canonical symbol is something priced in a known currency. */
export function endsInQuote(symbol: string): boolean {
  return quotes.some((quote) => symbol.length > quote.length && symbol.endsWith(quote));
}
