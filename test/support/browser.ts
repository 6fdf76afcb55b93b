import chromiumOfNpm from "@sparticuz/chromium";
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * A headless Chromium: the system's own where there is one, else the one that came with npm install. Nothing is
 * downloaded. `debuggingPort`: where another program may drive it, too.
 */
export async function launchBrowser(debuggingPort?: number): Promise<Browser> {
  const executablePath = systemPaths.find((path) => existsSync(path)) ?? (await chromiumOfNpm.executablePath());
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-gpu",
      ...(debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`]),
    ],
  });
}
