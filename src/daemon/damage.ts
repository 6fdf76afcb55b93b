import type { Writer } from "../writer";
import { damageOf, storeFaultOf } from "../store/fault";
import type { StoreFault } from "../core/store-fault";

/**
 * A read met something: where it says that the database is damaged, the daemon stores nothing more. Answers the word for
 * it; null where it is no error of the database.
 */
export function noteDamage(writer: Writer, error: unknown): StoreFault | null {
  const damage = damageOf(error);
  if (damage !== null) writer.lose(damage, error);
  return storeFaultOf(error);
}
