/** Rows that wait above a list someone is reading, and how to have them. */
export interface News {
  /** As a reader counts them: "3", or "100+" where there may be more. */
  readonly waiting: string | null;
  readonly show: () => void;
}
