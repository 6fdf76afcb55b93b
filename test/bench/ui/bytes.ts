import type { Finding } from "../benchmark";
import type { Visit } from "./visits";

const firstMax = 100;
const lazyMax = 60;

interface Sent {
  readonly files: number;
  /** Bodies as they are compressed, and their headers. */
  readonly bytes: number;
}

/** JavaScript and CSS of each page as they are sent: of the first all, of another what a reader of the first lacks. */
export async function byteFindings(visits: readonly Visit[]): Promise<Finding[]> {
  const [first, ...others] = visits;
  if (first === undefined) throw new Error("there is no page");
  const there = await filesOf(first);
  const findings = [await findingOf("JavaScript and CSS of the first page, as sent", there, firstMax)];
  for (const other of others) {
    const more = (await filesOf(other)).filter((url) => !there.some((known) => pathOf(known) === pathOf(url)));
    findings.push(await findingOf(`and what ${other.name} adds to it`, more, lazyMax));
  }
  return findings;
}

const pathOf = (url: string) => new URL(url).pathname;

async function findingOf(what: string, urls: readonly string[], targetKb: number): Promise<Finding> {
  const { files, bytes } = await sentFor(urls);
  const kb = bytes / 1024;
  return {
    what,
    subject: `${kb.toFixed(1)} KB in ${files} files`,
    baseline: "",
    ratio: null,
    target: `under ${targetKb} KB`,
    met: kb < targetKb,
  };
}

/** What the page's head names, before anything runs. */
async function filesOf({ url }: Visit): Promise<string[]> {
  const page = await (await fetch(url)).text();
  const named = [...page.matchAll(/<(?:script|link)[^>]*? (?:src|href)="([^"]+\.(?:js|css))"/g)];
  return [...new Set(named.map((match) => new URL(match[1] ?? "", url).href))];
}

async function sentFor(urls: readonly string[]): Promise<Sent> {
  let bytes = 0;
  for (const url of urls) {
    const answer = await fetch(url, { headers: { "accept-encoding": "gzip, deflate, br" }, decompress: false });
    bytes += (await answer.bytes()).length;
    for (const [name, value] of answer.headers) bytes += name.length + value.length + ": \r\n".length;
  }
  return { files: urls.length, bytes };
}
