/** Currencies prices are given in, longest first so that FDUSD is not read as FD and USD. */
const quotes = [
  "FDUSD",
  "USDT",
  "USDC",
  "BUSD",
  "TUSD",
  "USDE",
  "USD1",
  "USDD",
  "USD",
  "DAI",
  "BTC",
  "ETH",
  "BNB",
  "EUR",
  "GBP",
  "INR",
  "JPY",
  "KRW",
  "TRY",
  "BRL",
  "AUD",
];
/** Further ones that stand for one only where a divider sets them apart. */
const fiats = [
  "USD",
  "EUR",
  "GBP",
  "INR",
  "JPY",
  "KRW",
  "TRY",
  "BRL",
  "AUD",
  "CAD",
  "CHF",
  "NZD",
  "CNY",
  "CNH",
  "HKD",
  "SGD",
  "MXN",
  "ZAR",
  "IDR",
  "THB",
  "PLN",
  "UAH",
  "RUB",
  "SEK",
  "NOK",
  "DKK",
  "CZK",
  "ILS",
  "PHP",
  "VND",
];
const stables = [
  "FDUSD",
  "USDT",
  "USDC",
  "BUSD",
  "TUSD",
  "USDE",
  "USD1",
  "USDD",
  "DAI",
  "PYUSD",
  "GUSD",
  "USDP",
  "RLUSD",
  "EURT",
  "EURC",
];
const known = new Set([...quotes, ...fiats, ...stables]);
const money = new Set([...fiats, ...stables]);
const stable = new Set(stables);

export function isQuote(text: string): boolean {
  return known.has(text.toUpperCase());
}

/** Whether a canonical symbol is something priced in a known currency. */
export function endsInQuote(symbol: string): boolean {
  return quotes.some((quote) => symbol.length > quote.length && symbol.endsWith(quote));
}

/** Whether it is money, or a coin worth a unit of it, rather than a coin others are priced in. */
export function isMoney(text: string): boolean {
  return money.has(text);
}

export function isStable(text: string): boolean {
  return stable.has(text);
}
