import type { Browser, CDPSession, Page } from "playwright-core";

/** A page of its own on a wide screen, closed after the work. */
export async function withPage<T>(
  browser: Browser,
  work: (page: Page, devtools: CDPSession) => Promise<T>,
  width = 1440,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return await work(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}
