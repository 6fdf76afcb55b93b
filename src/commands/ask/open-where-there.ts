import { openForReading, StoreError, type Opened } from "../../store/open";

/** The database for reading; null where none was made yet. Throws StoreError for one that cannot be used. */
export function openWhereThere(data: string): Opened | null {
  try {
    return openForReading(data);
  } catch (error) {
    if (error instanceof StoreError && error.code === "missing") return null;
    throw error;
  }
}
