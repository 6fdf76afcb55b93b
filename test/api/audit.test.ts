import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { virtuoso } from "../commands/program";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";

setDefaultTimeout(60_000);

interface Entry {
  readonly who: string;
  readonly from: string;
  readonly what: string;
  readonly subject: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

let given: TestDaemon;
beforeAll(async () => {
  given = await startTestDaemon({ scanning: false, config: "export default { signals: { min_score: 60 } };" });
});
afterAll(() => given[Symbol.asyncDispose]());

async function entries(query = ""): Promise<Entry[]> {
  return (await given.get<{ items: Entry[] }>(`/api/audit${query}`)).items;
}

test("a change of the settings: who, from where, before and after", async () => {
  const changed = await fetch(`${given.url}/api/dashboard/config`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"signals":{"min_score":71}}',
  });
  expect(changed.status).toBe(200);
  expect((await entries("?what=settings.changed&limit=1"))[0]).toMatchObject({
    who: "owner",
    from: "127.0.0.1",
    before: { "signals.min_score": 60 },
    after: { "signals.min_score": 71 },
  });
});

test("the config file's silences and sources count too", async () => {
  writeFileSync(
    join(given.folder, "virtuoso.config.ts"),
    'export default { signals: { min_score: 60 }, silences: [{ match: { symbol: "DOGEUSDT" }, until: "2090-01-01T00:00:00Z", why: "noise" }] };',
  );
  const entry = await until("the edit", async () =>
    (await entries("?who=config%20file")).find(({ after }) => JSON.stringify(after).includes("DOGEUSDT")),
  );
  expect(entry).toMatchObject({ what: "settings.changed", after: { silences: [{ match: { symbol: "DOGEUSDT" } }] } });
});

test("one entry is read by its number", async () => {
  const all = await given.get<{ items: { id: string }[] }>("/api/audit");
  const oldest = all.items.at(-1);
  expect(await given.get<object>(`/api/audit?id=${oldest?.id}`)).toMatchObject({ items: [oldest], next_cursor: null });
  expect((await fetch(`${given.url}/api/audit?id=first`)).status).toBe(400);
});

test("an export is an entry: which list, by which filter", async () => {
  expect((await fetch(`${given.url}/api/signals?format=csv&symbol=BTCUSDT`)).status).toBe(200);
  expect((await entries("?limit=1"))[0]).toMatchObject({
    what: "exported",
    subject: "signals.csv",
    after: { symbol: "BTCUSDT" },
  });
  const csv = await (await fetch(`${given.url}/api/audit?format=csv`)).text();
  expect(csv.split("\r\n")[0]).toBe("id,timestamp,who,from,what,subject,before,after,hash");
  expect(csv).toContain('"{""signals.min_score"":71}"');
});

test("pages go on without a gap or a twin", async () => {
  const all = await entries("?limit=100");
  const seen: Entry[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Entry[]; next_cursor: string | null } = await given.get(
      `/api/audit?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`,
    );
    seen.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  expect(seen).toEqual(all);
});

test("the page shows whether the chain holds, as of now", async () => {
  const [newest] = (await given.get<{ items: { id: string; hash: string }[] }>("/api/audit?limit=1")).items;
  expect(await given.get<object>("/api/audit/chain")).toMatchObject({
    whole: true,
    entries: Number(newest?.id),
    hash: newest?.hash ?? "",
    breaks: [],
  });
});

test("on the command line: the list, whether it is whole, and from where it ended once", async () => {
  const listed = await virtuoso(["audit", "--data", given.data, "-o", "json", "--what", "exported"]);
  expect(listed).toMatchObject({ code: 0, err: "" });
  expect((JSON.parse(listed.out) as Entry[]).length).toBe(2);
  const whole = await virtuoso(["audit", "verify", "--data", given.data]);
  expect(whole.code).toBe(0);
  expect(whole.out).toMatch(/^\d+:[0-9a-f]{64}\n$/);
  expect((await virtuoso(["audit", "verify", "--data", given.data, "--head", whole.out.trim()])).code).toBe(0);
  expect(await virtuoso(["audit", "verify", "--data", given.data, "--head", "1:000000000000"])).toMatchObject({
    code: 1,
    out: "",
  });
  expect((await virtuoso(["audit", "verify", "--data", given.data, "--head", "nonsense"])).code).toBe(2);

  const metrics = await (await fetch(`${given.url}/metrics`)).text();
  const [number = "", hash = ""] = whole.out.trim().split(":");
  expect(metrics).toContain(`\nvirtuoso_audit_entries ${number}\n`);
  expect(metrics).toContain(`\nvirtuoso_audit_head ${Number.parseInt(hash.slice(0, 12), 16)}\n`);
});
