export const dayMinutes = 1440;

/** The first day with prices, counted from 1970: 2024-01-01. */
export const firstDay = 19_723;
