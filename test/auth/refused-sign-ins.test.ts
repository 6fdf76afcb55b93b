import { describe, expect, test } from "bun:test";
import { RefusedSignIns } from "../../src/auth/refused-sign-ins";
import type { AuditEntry } from "../../src/store/audit";

function keeping() {
  const rows: AuditEntry[] = [];
  let now = 0;
  const refusals = new RefusedSignIns(
    (entry) => void rows.push(entry),
    () => now,
  );
  return { rows, refusals, goOn: (ms: number) => (now += ms) };
}

describe("refused sign-ins in the audit log", () => {
  test("are a row each until the address is limited, then they are counted", () => {
    const { rows, refusals, goOn } = keeping();
    for (let n = 0; n < 5; n++) refusals.add({ account: "ada", address: "10.0.0.1", locked: false });
    for (let n = 0; n < 10_000; n++) refusals.add({ account: "ada", address: "10.0.0.1", locked: true });
    expect(rows).toHaveLength(5);
    refusals.flush();
    expect(rows).toHaveLength(5);
    goOn(10 * 60_000);
    refusals.flush();
    expect(rows.slice(5)).toMatchObject([
      {
        who: "unknown",
        from: "10.0.0.1",
        what: "sign-in.refused",
        subject: "ada",
        after: { count: 10_000, accounts: ["ada"] },
      },
    ]);
  });

  test("are fifteen rows an hour of one network, and a row each again the hour after", () => {
    const { rows, refusals, goOn } = keeping();
    const refuse = (count: number, network: number) => {
      for (let n = 0; n < count; n++)
        refusals.add({ account: null, address: `2001:db8:0:${network}::${n}`, locked: false });
    };
    refuse(20, 1);
    expect(rows).toHaveLength(15);
    expect(rows[0]).toMatchObject({ who: "unknown", subject: null, after: { locked: false } });
    for (let network = 2; network < 20; network++) refuse(15, network);
    expect(rows).toHaveLength(100);
    goOn(60 * 60_000);
    refuse(20, 1);
    expect(rows).toHaveLength(115);
    for (let network = 2; network < 20; network++) refuse(15, network);
    expect(rows).toHaveLength(200);
  });

  test("are written once, by the first few names that were tried", () => {
    const { rows, refusals } = keeping();
    for (let n = 0; n < 9; n++) refusals.add({ account: `name${n}`, address: "10.0.0.1", locked: true });
    refusals.flush({ all: true });
    refusals.flush({ all: true });
    expect(rows).toMatchObject([
      { subject: null, after: { count: 9, accounts: ["name0", "name1", "name2", "name3", "name4"] } },
    ]);
  });

  test("are bounded whatever the number of addresses and names", () => {
    const { rows, refusals } = keeping();
    for (let n = 0; n < 100_000; n++)
      refusals.add({
        account: null,
        address: `2001:db8:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::1`,
        locked: false,
      });
    refusals.flush({ all: true });
    expect(rows.length).toBeLessThanOrEqual(121);
    const counted = rows.reduce((sum, { after }) => sum + ((after as { count?: number }).count ?? 1), 0);
    expect(counted).toBe(100_000);
  });
});
