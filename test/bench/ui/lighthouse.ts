import lighthouse from "lighthouse";
import { launchBrowser } from "../../support/browser";
import type { Finding } from "../benchmark";
import type { Visit } from "./visits";

const categories = ["performance", "accessibility", "best-practices"] as const;
const atLeast = { "performance": 97, "accessibility": 100, "best-practices": 100 } as const;
export const shiftMax = 0.02;

/** What Lighthouse says of each page, as a phone of the middle class on a slow line would have it; why, where it is less than all. */
export async function lighthouseFindings(visits: readonly Visit[], say: (line: string) => void): Promise<Finding[]> {
  const port = freePort();
  const browser = await launchBrowser(port);
  const findings: Finding[] = [];
  try {
    for (const visit of visits) findings.push(await findingOf(visit, port, say));
  } finally {
    await browser.close();
  }
  return findings;
}

async function findingOf({ name, url }: Visit, port: number, say: (line: string) => void): Promise<Finding> {
  const result = await lighthouse(url, { port, logLevel: "silent", onlyCategories: [...categories] });
  if (result === undefined) throw new Error(`Lighthouse has no result for ${name}`);
  const { audits, categories: judged, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(`${name}: ${runtimeError.message}`);
  const scores = categories.map((category) => Math.round((judged[category]?.score ?? 0) * 100));
  const shift = audits["cumulative-layout-shift"]?.numericValue ?? Number.NaN;
  for (const category of categories)
    for (const { id, weight } of judged[category]?.auditRefs ?? []) {
      const { score, title, displayValue, details } = audits[id] ?? {};
      if (weight === 0 || typeof score !== "number" || score >= 0.9) continue;
      say(`${name}: ${title ?? id} ${displayValue ?? ""} ${placesIn(details)}`);
    }
  return {
    what: `Lighthouse, mobile: ${name}`,
    subject: `${scores.join(" / ")}, layout shift ${shift.toFixed(3)}`,
    baseline: "",
    ratio: null,
    target: `${Object.values(atLeast).join(" / ")}, ${shiftMax}`,
    met: categories.every((category, n) => (scores[n] ?? 0) >= atLeast[category]) && shift <= shiftMax,
  };
}

/** The first elements a complaint is about. */
function placesIn(details: unknown): string {
  const { items } = (details ?? {}) as {
    readonly items?: readonly { readonly node?: { readonly snippet?: string } }[];
  };
  return (items ?? [])
    .flatMap(({ node }) => node?.snippet ?? [])
    .slice(0, 3)
    .join(" ");
}

function freePort(): number {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = server;
  server.stop(true);
  return port;
}
