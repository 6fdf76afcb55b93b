import { actOnDelivery } from "../../channels/delivery-acts";
import { deliveryShape, type DeliveryShape } from "../../views/deliveries";
import { nameOfUser } from "../access/name-of-user";
import { daemonFor } from "../client/daemon";
import { writeWithout } from "../client/write-without";
import { Failed } from "../exit";
import type { RemoteOptions } from "../options";

/** Through the daemon where one runs, which tries them at once; else they are due at its next start. Throws Failed. */
export async function retryDeliveries(ids: readonly string[], options: RemoteOptions): Promise<DeliveryShape[]> {
  const daemon = await daemonFor(options);
  if (daemon === null) return await retryInDatabase(ids, options);
  const retried: DeliveryShape[] = [];
  for (const id of ids)
    retried.push(await daemon.post(`/api/deliveries/${encodeURIComponent(id)}/retry`, {}, deliveryShape));
  return retried;
}

async function retryInDatabase(ids: readonly string[], options: RemoteOptions): Promise<DeliveryShape[]> {
  const by = { who: nameOfUser(), from: "command line" };
  return await writeWithout(options, async (parts) => {
    const retried: DeliveryShape[] = [];
    for (const id of ids) {
      // Which channels there are is the next start's to say: it takes back what is due to one that is no more.
      const deps = { ...parts, hasChannel: () => true };
      try {
        retried.push((await actOnDelivery(deps, "retry", id, by)).shape);
      } catch (error) {
        if (error instanceof Error && error.name === "DeliveryRefused") throw new Failed(error.message);
        throw error;
      }
    }
    return retried;
  });
}
