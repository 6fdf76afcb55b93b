import { expect, setDefaultTimeout, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { virtuoso } from "../commands/program";
import { startTestDaemon, until } from "../support/daemon";

setDefaultTimeout(60_000);

const good = "export default { signals: { min_score: 61 } };\n";
const broken = "export default {\n  signals: { min_score: 60\n  monitoring: {},\n};\n";

test("a slip in the config is shown with its place wherever it is met, and ends when it is mended", async () => {
  await using daemon = await startTestDaemon({ config: good, scanning: false });
  const file = join(daemon.folder, "virtuoso.config.ts");
  const run = (...words: string[]) => virtuoso([...words, "--data", daemon.data], { cwd: daemon.folder });
  const health = async () =>
    (await daemon.get<{ checks: Record<string, { status: string; message: string }> }>("/api/dashboard/health")).checks[
      "config"
    ];
  const alerts = async () =>
    (await daemon.get<{ items: { message: string; state: string }[] }>("/api/alerts?type=SYSTEM")).items.filter(
      ({ message }) => message.startsWith("The config file is refused"),
    );
  expect(await health()).toMatchObject({ status: "healthy" });

  writeFileSync(file, broken);
  const place = `${file}:3:3: Expected "}" but found "monitoring"`;
  await until("the refusal", async () => (await health())?.status === "degraded");
  expect((await health())?.message).toContain(place);
  expect(await until("the alert", async () => (await alerts())[0])).toMatchObject({
    state: "open",
    message: expect.stringContaining(place),
  });

  const [status, doctor, check, serve, get, backup, read] = await Promise.all([
    run("status"),
    run("doctor"),
    run("config", "check"),
    run("serve", "--port", "0", "--data", "elsewhere"),
    run("config", "get", "signals.min_score", "-o", "json"),
    run("backup", join(daemon.folder, "copies")),
    virtuoso(["read", "-", "--data", daemon.data], {
      cwd: daemon.folder,
      stdin: '{"symbol":"BTCUSDT","signal":"BUY","score":80}',
    }),
  ]);
  expect(status).toMatchObject({ code: 0, out: expect.stringContaining(place) });
  expect(doctor).toMatchObject({ code: 1, out: expect.stringContaining(place) });
  for (const refused of [check, serve])
    expect(refused).toMatchObject({ code: 1, out: "", err: `error: config: ${place} (and 3 more after it)\n` });
  expect(JSON.parse(get.out)).toMatchObject([{ value: 61, origin: "file" }]);
  expect(backup).toMatchObject({ code: 0, err: "" });
  expect(read).toMatchObject({ code: 0, out: expect.stringContaining("BTCUSDT"), err: expect.stringContaining(place) });

  writeFileSync(file, good.replace("61", "62"));
  await until("the end of it", async () => (await alerts())[0]?.state === "resolved");
  expect(await health()).toMatchObject({ status: "healthy" });
});

test("a secret that is not set is an error in a check, and refuses an edit", async () => {
  await using daemon = await startTestDaemon({ config: good, scanning: false });
  const file = join(daemon.folder, "virtuoso.config.ts");
  writeFileSync(
    file,
    'import { env } from "virtuoso"; export default { auth: { oidc: { issuer: ' +
      '"https://login.example.org", clientId: "desk", clientSecret: env("NOBODY_HAS_THIS"), roles: {} } } ' +
      "};",
  );
  const checked = await virtuoso(["config", "check"], { cwd: daemon.folder });
  expect(checked).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/^error: config: auth\.oidc\.clientSecret: env\("NOBODY_HAS_THIS"\): [^\n]+\n$/),
  });
  const message = await until("the refusal", async () => {
    const { checks } = await daemon.get<{ checks: Record<string, { status: string; message: string }> }>(
      "/api/dashboard/health",
    );
    return checks["config"]?.status === "degraded" ? checks["config"].message : null;
  });
  expect(message).toContain("NOBODY_HAS_THIS");
});

test("doctor looks at what the daemon runs with, and finds what status says is wrong", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const run = (...words: string[]) => virtuoso([...words, "--data", daemon.data, "-o", "json"], { cwd: "/" });
  const found = async () =>
    JSON.parse((await run("doctor")).out) as { subject: string; state: string; message: string }[];
  expect((await found()).find(({ subject }) => subject === "folder of reports")?.message).toContain(daemon.reports);
  const { wrong } = JSON.parse((await run("status")).out) as { wrong: string[] };
  const troubles = (await found())
    .filter(({ subject, state }) => subject === "daemon" && state !== "ok")
    .map(({ message }) => message);
  expect(troubles).toEqual(wrong);
});

test("without a daemon a slip is shown beside what is known all the same", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  await daemon.stop();
  writeFileSync(join(daemon.folder, "virtuoso.config.ts"), broken);
  const [status, backup, get] = await Promise.all(
    ["status", "backup", "config get"].map((words) =>
      virtuoso([...words.split(" "), "--data", daemon.data], { cwd: daemon.folder }),
    ),
  );
  expect(status).toMatchObject({ code: 3, out: expect.stringMatching(/wrong: config: \S+:3:3: Expected/) });
  for (const answered of [backup, get])
    expect(answered).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\S/),
      err: expect.stringMatching(/^warning: the config cannot be used[^]*:3:3: Expected/),
    });
});
