import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "otplib";
import { isSealed, SealError, Sealer } from "../../src/auth/sealing";
import { sealOldSecrets } from "../../src/auth/sealed-factors";
import { AccessStore } from "../../src/store/access";
import { databasePath, openForWriting } from "../../src/store/db";
import type { HealthShape } from "../../src/views/health";
import { startGuardedDaemon } from "../support/access";

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SealError) return error.code;
    throw error;
  }
  return "none";
}

test("what is sealed opens with its key and for its purpose alone, and the key is its owner's", () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-seal-"));
  const sealer = new Sealer(folder);
  expect(sealer.trouble?.code).toBe("no-key");
  const sealed = sealer.seal("a secret", "one");
  expect({
    sealed: isSealed(sealed),
    plain: isSealed("a secret"),
    again: sealer.seal("a secret", "one") === sealed,
  }).toEqual({ sealed: true, plain: false, again: false });
  expect(statSync(sealer.path).mode & 0o777).toBe(0o600);
  expect(new Sealer(folder).unseal(sealed, "one")).toBe("a secret");
  expect(codeOf(() => sealer.unseal(sealed, "two"))).toBe("damaged");
  expect(codeOf(() => sealer.unseal(`${sealed.slice(0, -2)}AA`, "one"))).toBe("damaged");
  chmodSync(sealer.path, 0o644);
  expect(codeOf(() => sealer.unseal(sealed, "one"))).toBe("open-to-others");
  chmodSync(sealer.path, 0o600);
  writeFileSync(sealer.path, "too short");
  expect(codeOf(() => sealer.unseal(sealed, "one"))).toBe("damaged");
  rmSync(sealer.path);
  expect(codeOf(() => sealer.unseal(sealed, "one"))).toBe("no-key");
  sealer.seal("another", "one");
  expect(codeOf(() => sealer.unseal(sealed, "one"))).toBe("other-key");
  rmSync(folder, { recursive: true });
});

/** The secret, or a part of it, anywhere in what lies in the data folder. */
function leftIn(data: string, secret: string): string[] {
  return ["", "-wal", "-shm"].filter(
    (end) =>
      existsSync(`${databasePath(data)}${end}`) &&
      readFileSync(`${databasePath(data)}${end}`).includes(secret.slice(4, 20)),
  );
}

test(
  "a second factor is sealed, one of an earlier version at the first start without a trace, and a lost key " +
    "is reported and locks no one out",
  async () => {
    await using given = await startGuardedDaemon({ ticking: false });
    await given.addUser("ada", "admin");
    await given.addUser("tom", "trader");
    const ada = await given.signIn("ada");
    const headers = { cookie: ada.cookie, "x-csrf-token": ada.csrf };
    const { secret } = (await (await given.post("/api/auth/totp", { password: given.password }, headers)).json()) as {
      secret: string;
    };
    const codeAt = (seconds: number) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + seconds });
    const confirmed = await given.post("/api/auth/totp/confirm", { code: await codeAt(-30) }, headers);
    const { recovery_codes: recovery } = (await confirmed.json()) as { recovery_codes: string[] };
    await given.stop();
    expect(leftIn(given.data, secret)).toEqual([]);
    const stored = () => {
      using database = new Database(databasePath(given.data), { readonly: true });
      return database
        .query<{ totp_secret: string | null }, []>("SELECT totp_secret FROM accounts ORDER BY name")
        .all()
        .map((row) => row.totp_secret);
    };
    expect(stored().map((text) => text !== null && isSealed(text))).toEqual([true, false]);

    {
      // As an earlier version left it: written often, with copies of the row in what it no longer uses of its page.
      using database = new Database(databasePath(given.data));
      for (let n = 1; n <= 20; n++)
        database
          .query("UPDATE accounts SET totp_secret = ?, recovery_hashes = recovery_hashes || ? WHERE name = 'ada'")
          .run(secret, " ".repeat(n));
    }
    expect(leftIn(given.data, secret)).not.toEqual([]);
    await given.restart();
    expect(leftIn(given.data, secret)).toEqual([]);
    expect(stored().map((text) => text !== null && isSealed(text))).toEqual([true, false]);
    const credentials = { username: "ada", password: given.password };
    expect((await given.post("/api/auth/login", { ...credentials, code: await codeAt(0) })).status).toBe(200);
    expect((await fetch(`${given.url}/api/auth/me`, { headers: { cookie: ada.cookie } })).status).toBe(200);

    await given.stop();
    const key = join(given.data, "seal.key");
    renameSync(key, `${key}.away`);
    await given.restart();
    expect(
      await (await given.post("/api/auth/login", { ...credentials, code: await codeAt(30) })).json(),
    ).toMatchObject({
      status: 401,
      code: "factor-unreadable",
    });
    expect(
      await (
        await given.post("/api/auth/login", { ...credentials, password: "not it", code: await codeAt(30) })
      ).json(),
    ).toMatchObject({ code: "sign-in-refused" });
    expect((await given.post("/api/auth/login", { ...credentials, code: recovery[0] })).status).toBe(200);
    const health = (await (
      await fetch(`${given.url}/api/dashboard/health`, { headers: { cookie: ada.cookie } })
    ).json()) as HealthShape;
    expect(health.checks["second_factors"]).toMatchObject({
      status: "degraded",
      message: expect.stringContaining("ada"),
    });
    renameSync(`${key}.away`, key);
    expect((await given.post("/api/auth/login", { ...credentials, code: await codeAt(30) })).status).toBe(200);

    // Who can write to the file gives another account a factor of their own: it is sealed for the account it was made for.
    {
      using database = new Database(databasePath(given.data));
      const [first, second] = stored();
      database
        .query("UPDATE accounts SET totp_secret = CASE name WHEN 'ada' THEN ?1 ELSE ?2 END")
        .run(second ?? null, first ?? null);
    }
    expect(
      await (await given.post("/api/auth/login", { ...credentials, username: "tom", code: await codeAt(30) })).json(),
    ).toMatchObject({ status: 401, code: "factor-unreadable" });
  },
  60_000,
);

/** Long enough that some of what an account's row was is never written over by chance. */
function secretOf(n: number): string {
  return `${n}-JBSWY3DPEHPK3PXP${n}`.padEnd(200, "Q");
}

test("what is sealed anew leaves nothing of what stood there, nor of accounts that went before", () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-seal-"));
  {
    using database = openForWriting(folder);
    const store = new AccessStore(database);
    for (let n = 10; n < 20; n++)
      store.addAccount({
        name: `name${n}`,
        role: "viewer",
        passwordHash: "hash",
        totpSecret: secretOf(n),
        recoveryHashes: "[]",
        createdAt: 0,
      });
    for (const { id, name } of store.accounts()) if (name !== "name10" && name !== "name19") store.removeAccount(id);
    expect(sealOldSecrets(store, new Sealer(folder))).toBe(2);
    expect(store.accounts().map(({ name }) => name)).toEqual(["name10", "name19"]);
  }
  expect(Array.from({ length: 10 }, (_, n) => leftIn(folder, secretOf(n + 10))).flat()).toEqual([]);
  rmSync(folder, { recursive: true });
});
