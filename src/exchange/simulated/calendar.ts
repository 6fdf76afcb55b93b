export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
export const dayMinutes = 1440;

/** The first day with prices, counted from 1970: 2024-01-01. */
export const firstDay = 19_723;
