import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { pages } from "../../ui/pages";
import { signIn } from "../browser/access/signed-in";
import { looks, openPage } from "../browser/looks";
import { launchBrowser } from "../support/browser";
import { until } from "../support/daemon";
import { startProxiedDaemon, type ProxiedDaemon, type ProxyStatus } from "./proxies";
import { ran } from "./servers";

/** nginx, HAProxy and Caddy run what the README says, at the root and below a path, with TLS at the proxy alone and to the daemon too. */

setDefaultTimeout(300_000);

const standings: readonly ProxyStatus[] = [
  { proxy: "nginx", below: "", tlsInside: false },
  { proxy: "nginx", below: "/desk", tlsInside: true },
  { proxy: "haproxy", below: "", tlsInside: true },
  { proxy: "haproxy", below: "/desk", tlsInside: false },
  { proxy: "caddy", below: "", tlsInside: false },
  { proxy: "caddy", below: "/desk", tlsInside: true },
];
const nameOf = ({ proxy, below, tlsInside }: ProxyStatus) =>
  `${proxy} at ${below || "/"}, ${tlsInside ? "TLS to the daemon too" : "TLS at the proxy"}`;

const rows = 3000;
/** Longer than any proxy keeps an idle connection by default. */
const keptOpenMs = 76_000;

interface Socket {
  readonly openedAt: number;
  open: boolean;
  frames: number;
}

/** A desk, and a browser that is signed in and stays on its first page. */
interface Watched {
  readonly proxied: ProxiedDaemon;
  readonly page: Page;
  readonly complaints: string[];
  readonly sockets: Socket[];
  /** Where it was before it signed in. */
  readonly signInUrl: string;
}

let browser: Browser;
const watched = new Map<ProxyStatus, Watched>();
const desks: ProxiedDaemon[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  for (const status of standings) {
    const proxied = await startProxiedDaemon(status);
    desks.push(proxied);
    await proxied.daemon.addUser("ada", "admin");
    const now = Date.now();
    proxied.daemon.drop(
      "many.json",
      Array.from({ length: rows }, (_, index) => ({
        symbol: `C${index}USDT`,
        signal: "BUY",
        score: 60,
        timestamp: now,
        signal_id: `many-${index}`,
      })),
    );
    watched.set(status, await watch(proxied));
  }
}, 300_000);
afterAll(async () => {
  await browser.close();
  for (const proxied of desks) await proxied[Symbol.asyncDispose]();
}, 120_000);

async function watch(proxied: ProxiedDaemon): Promise<Watched> {
  const { page, complaints } = await openPage(browser, looks[0], { ignoreHTTPSErrors: true });
  const sockets: Socket[] = [];
  page.on("websocket", (socket) => {
    const kept: Socket = { openedAt: performance.now(), open: true, frames: 0 };
    sockets.push(kept);
    socket.on("framereceived", () => void kept.frames++);
    socket.on("close", () => void (kept.open = false));
  });
  await page.goto(`${proxied.url}/`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  const signInUrl = page.url();
  await signIn(page, "ada", proxied.daemon.password);
  await page.waitForURL(`${proxied.url}/dashboard`);
  await page.locator(".top .state.live").waitFor();
  return { proxied, page, complaints, sockets, signInUrl };
}

function at(status: ProxyStatus): Watched {
  const found = watched.get(status);
  if (found === undefined) throw new Error(`${nameOf(status)} did not start`);
  return found;
}

/** The status of a request that comes from this address of the machine, and says that it comes from another. */
async function statusFrom(address: string, url: string, claimed: string): Promise<number> {
  const lies = ["X-Forwarded-For", "X-Real-IP"].flatMap((header) => ["-H", `${header}: ${claimed}`]);
  const { said } = await ran([
    "curl",
    "-sk",
    "-o",
    "/dev/null",
    "-w",
    "%{http_code}",
    "--interface",
    address,
    ...lies,
    "-H",
    `Forwarded: for=${claimed}`,
    "-H",
    "Authorization: Bearer vrt_guessed",
    url,
  ]);
  return Number(said);
}

describe.each(standings.map((status) => [nameOf(status), status] as const))("%s", (_name, status) => {
  test("signing in stays below the public address, with cookies for TLS only", async () => {
    const { proxied, page, signInUrl } = at(status);
    expect(signInUrl).toStartWith(`${proxied.url}/signin`);
    const cookies = await page.context().cookies();
    expect(cookies.length).toBeGreaterThan(0);
    for (const { name, secure, path } of cookies)
      expect({ name, secure, below: path === "/" || path.startsWith(status.below) }).toEqual({
        name,
        secure: true,
        below: true,
      });
  });

  test("every page loads without a complaint", async () => {
    const { proxied, page: first, complaints: before } = at(status);
    const { page, complaints } = await openPage(browser, looks[0], {
      ignoreHTTPSErrors: true,
      storageState: await first.context().storageState(),
    });
    for (const { name, path, title } of pages) {
      await page.goto(`${proxied.url}/${path.replace(/:\w+/, "C1USDT")}`);
      await page.waitForFunction(
        (wanted) => document.title.includes(wanted),
        path.includes(":") ? "C1USDT" : name === "desk" ? "Virtuoso" : title,
      );
      await page.locator(".top .state.live").waitFor();
      await page.waitForLoadState("networkidle");
    }
    expect({ complaints, before }).toEqual({ complaints: [], before: [] });
    await page.context().close();
  });

  test("an export comes whole", async () => {
    const { proxied, page } = at(status);
    const asked = async () =>
      await page.evaluate(async (url) => (await fetch(url)).text(), `${proxied.url}/api/signals?format=csv`);
    const lines = await until(
      "all rows",
      async () => {
        const text = (await asked()).split("\r\n");
        return text.length === rows + 2 ? text : null;
      },
      60_000,
    );
    expect(lines.at(-1)).toBe("");
    const width = lines[0]?.split(",").length;
    expect(lines.slice(1, -1).filter((line) => line.split(",").length !== width)).toEqual([]);
  });

  test("limits count who really asks, whatever he says of himself", async () => {
    const { proxied } = at(status);
    const url = `${proxied.url}/api/alerts`;
    const one: number[] = [];
    for (let asked = 0; asked < 25 && !one.includes(429); asked++)
      one.push(await statusFrom("127.0.0.2", url, `198.51.100.${asked}`));
    expect(one[0]).toBe(401);
    expect(one.at(-1)).toBe(429);
    expect(await statusFrom("127.0.0.3", url, "127.0.0.2")).toBe(401);
  });
});

test("every socket stays open for more than 75 s, and comes back after a restart of the daemon", async () => {
  const all = [...watched.values()];
  const youngest = Math.max(...all.map(({ sockets }) => sockets[0]?.openedAt ?? Number.NaN));
  await Bun.sleep(Math.max(0, youngest + keptOpenMs - performance.now()));
  expect(all.map(({ sockets }) => sockets.map(({ open, frames }) => open && frames > 1))).toEqual(
    all.map(() => [true]),
  );
  for (const { proxied, page, sockets } of all) {
    await proxied.daemon.restart();
    await until("a new socket", () => sockets.slice(1).some(({ open, frames }) => open && frames > 0), 60_000);
    await page.locator(".top .state.live").waitFor();
    await page.reload();
    await page.locator(".top .state.live").waitFor();
    expect(page.url()).toStartWith(`${proxied.url}/dashboard`);
  }
});
