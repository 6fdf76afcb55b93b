import type { Statement } from "bun:sqlite";
import type { Database } from "./db";

/** From now on every error a read meets is reported, whoever reads: a page that is damaged must not be met in silence. */
export function watchReads({ raw }: Database, failed: (error: unknown) => void): void {
  const seen = new WeakSet<object>();
  const watched = <S extends Statement>(statement: S): S => {
    if (seen.has(statement)) return statement;
    seen.add(statement);
    for (const name of ["get", "all", "values"] as const) {
      const read = statement[name].bind(statement) as (...parameters: unknown[]) => unknown;
      Object.defineProperty(statement, name, {
        value: (...parameters: unknown[]) => {
          try {
            return read(...parameters);
          } catch (error) {
            failed(error);
            throw error;
          }
        },
      });
    }
    return statement;
  };
  const prepare = raw.prepare.bind(raw);
  const query = raw.query.bind(raw);
  raw.prepare = (...words: Parameters<typeof prepare>) => watched(prepare(...words));
  raw.query = (...words: Parameters<typeof query>) => watched(query(...words));
}
