import type { ListName, lists } from "../../views/queries";

/** Each list by itself: a command does not wait until the others are loaded. */
export const loadList: { readonly [N in ListName]: () => Promise<(typeof lists)[N]> } = {
  alerts: async () => {
    const { alertList: read, alertShape: item } = await import("../../views/alerts");
    return { read, item };
  },
  signals: async () => {
    const { signalList: read, signalShape: item } = await import("../../views/signals");
    return { read, item };
  },
  opportunities: async () => {
    const { opportunityList: read, opportunityShape: item } = await import("../../views/opportunities");
    return { read, item };
  },
  decisions: async () => {
    const { decisionList: read, decisionShape: item } = await import("../../views/decisions");
    return { read, item };
  },
  quarantine: async () => {
    const { quarantineList: read, quarantineShape: item } = await import("../../views/quarantine");
    return { read, item };
  },
  deliveries: async () => {
    const { deliveryList: read, deliveryShape: item } = await import("../../views/deliveries");
    return { read, item };
  },
  audit: async () => {
    const { auditList: read, auditShape: item } = await import("../../views/audit");
    return { read, item };
  },
};
