/** What a simulated pair is like. */
export interface Traits {
  /** Canonical: BTCUSDT. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: "USDT";
  /** Where its price begins and returns to, in quote currency. */
  readonly price: number;
  /** Of its returns against BTC's. */
  readonly beta: number;
  /** Of its returns with BTC's, 0 to 1. */
  readonly correlation: number;
  /** A usual day's, in quote currency. */
  readonly turnover: number;
  /** Digits after the point in its prices. */
  readonly digits: number;
}

/** The one all others are measured against. */
export const benchmark = "BTCUSDT";

/** Base, price, beta, correlation with BTC, turnover of a day in millions. */
type Line = readonly [string, number, number, number, number];

const lines: readonly Line[] = [
  ["BTC", 103_052, 1, 1, 14_565],
  ["ETH", 3213.7, 1.18, 0.88, 5018],
  ["SOL", 240.33, 1.42, 0.82, 3199],
  ["XRP", 3.1303, 1.05, 0.72, 2938],
  ["DOGE", 0.33735, 1.48, 0.81, 782],
  ["SUI", 3.9555, 1.61, 0.76, 683],
  ["JUP", 1.2093, 1.37, 0.68, 577],
  ["1000PEPE", 0.013278, 1.82, 0.77, 475],
  ["FARTCOIN", 1.0446, 1.9, 0.64, 446],
  ["ADA", 0.9523, 1.22, 0.8, 336],
  ["LINK", 24.405, 1.31, 0.82, 320],
  ["HYPE", 23.624, 1.28, 0.66, 235],
  ["ENA", 0.7601, 1.64, 0.75, 196],
  ["ONDO", 1.3377, 1.33, 0.73, 185],
  ["AI16Z", 0.7217, 1.88, 0.65, 181],
  ["LTC", 115.89, 0.98, 0.76, 176],
  ["TAO", 450.96, 1.47, 0.75, 169],
  ["WIF", 1.1818, 1.79, 0.76, 163],
  ["VIRTUAL", 2.1424, 1.83, 0.66, 152],
  ["AVAX", 34.35, 1.36, 0.83, 151],
  ["HBAR", 0.31963, 1.27, 0.71, 151],
  ["AAVE", 305.74, 1.34, 0.77, 133],
  ["WLD", 1.921, 1.52, 0.77, 129],
  ["PENGU", 0.01927, 1.76, 0.68, 125],
  ["POPCAT", 0.3866, 1.84, 0.72, 125],
  ["XLM", 0.41079, 1.08, 0.7, 105],
  ["GALA", 0.03092, 1.44, 0.79, 98],
  ["CRV", 0.7419, 1.5, 0.72, 98],
  ["NEAR", 4.656, 1.41, 0.81, 93],
  ["TIA", 4.087, 1.53, 0.76, 92],
  ["SHIB1000", 0.019231, 1.38, 0.81, 86],
  ["DEEP", 0.25399, 1.7, 0.63, 82],
  ["DOT", 6.007, 1.25, 0.82, 82],
  ["OP", 1.467, 1.46, 0.82, 81],
  ["APT", 7.7015, 1.39, 0.8, 81],
  ["1000BONK", 0.026536, 1.73, 0.77, 80],
  ["BNB", 681.15, 0.72, 0.79, 79],
  ["INJ", 19.285, 1.45, 0.78, 77],
  ["LDO", 1.9535, 1.43, 0.75, 72],
  ["ARB", 0.6504, 1.42, 0.83, 68],
  ["RUNE", 2.376, 1.51, 0.7, 67],
  ["SEI", 0.3188, 1.54, 0.79, 67],
  ["ALGO", 0.3872, 1.24, 0.75, 64],
  ["MOVE", 0.7268, 1.4, 0.69, 64],
  ["RENDER", 6.274, 1.5, 0.78, 60],
  ["GOAT", 0.2127, 1.92, 0.67, 60],
  ["PNUT", 0.2666, 1.86, 0.69, 59],
  ["UNI", 11.209, 1.27, 0.78, 54],
  ["ORDI", 18.763, 1.55, 0.76, 51],
  ["BCH", 428.9, 1.02, 0.74, 47],
  ["TON", 5.0206, 0.92, 0.72, 45],
  ["CFX", 0.15778, 1.43, 0.76, 38],
  ["ETC", 26.134, 1.16, 0.8, 37],
  ["ATOM", 6.041, 1.19, 0.81, 36],
  ["FIL", 5.012, 1.29, 0.82, 34],
  ["JASMY", 0.0297, 1.58, 0.74, 31],
  ["ICP", 9.087, 1.26, 0.79, 27],
  ["STX", 1.432, 1.48, 0.79, 22],
  ["TRX", 0.2419, 0.46, 0.62, 19],
  ["VET", 0.04681, 1.23, 0.8, 16],
];

export const listed: readonly Traits[] = lines.map(([base, price, beta, correlation, millions]) => ({
  symbol: `${base}USDT`,
  base,
  quote: "USDT",
  price,
  beta,
  correlation,
  turnover: millions * 1e6,
  digits: Math.max(0, 5 - Math.floor(Math.log10(price))),
}));
