import { describe, expect, test } from "bun:test";
import { LockOut } from "../../src/auth/lock-out";

const attempt = (account: string, address: string, device: string | null = null) => ({ account, address, device });

describe("the lock-out", () => {
  test("grows with every failure, ends by itself, and never lasts longer than a quarter of an hour", () => {
    let now = 0;
    const lockOut = new LockOut(() => now);
    const waits: number[] = [];
    for (let n = 0; n < 30; n++) {
      lockOut.failed(attempt("ada", "10.0.0.1"));
      const from = now;
      while (lockOut.isLocked(attempt("ada", "10.0.0.1"))) now += 1000;
      waits.push((now - from) / 1000);
    }
    expect(waits.slice(0, 12)).toEqual([0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900]);
    expect(Math.max(...waits)).toBe(900);
    expect(lockOut.isLocked(attempt("vera", "10.9.9.9"))).toBe(false);
  });

  test("of a stranger is theirs alone, and a known device passes it wherever it is", () => {
    const lockOut = new LockOut(() => 0);
    for (let n = 0; n < 1000; n++) lockOut.failed(attempt("ada", `10.0.${n % 10}.1`));
    expect(lockOut.isLocked(attempt("ada", "10.0.3.1"))).toBe(true);
    expect(lockOut.isAccountLocked("ada")).toBe(true);
    expect(lockOut.isLocked(attempt("ada", "10.1.0.1"))).toBe(false);
    expect(lockOut.isLocked(attempt("ada", "10.0.3.1", "laptop"))).toBe(false);
    lockOut.unlock("ada");
    expect(lockOut.isAccountLocked("ada")).toBe(false);
  });

  test("is forgotten an hour after the last failure, and whoever gets in is not forgiven what was tried at others", () => {
    let now = 0;
    const lockOut = new LockOut(() => now);
    for (let n = 0; n < 4; n++) lockOut.failed(attempt("ada", "10.0.0.1"));
    now += 3_600_000;
    lockOut.failed(attempt("ada", "10.0.0.1"));
    expect(lockOut.isLocked(attempt("ada", "10.0.0.1"))).toBe(false);
    for (let n = 0; n < 14; n++) {
      lockOut.failed(attempt(`name${n}`, "10.0.0.2"));
      lockOut.succeeded(attempt("vera", "10.0.0.2"));
    }
    lockOut.failed(attempt("another", "10.0.0.2"));
    expect(lockOut.isLocked(attempt("vera", "10.0.0.2"))).toBe(true);
  });

  test("unlocks the account that was meant, and keeps no more than it can", () => {
    const lockOut = new LockOut(() => 0);
    for (let n = 0; n < 5; n++)
      for (const name of ["ada", "ada.b"]) lockOut.failed(attempt(name, `10.${name.length}.0.1`));
    lockOut.unlock("ada");
    expect([lockOut.isAccountLocked("ada"), lockOut.isAccountLocked("ada.b")]).toEqual([false, true]);
    for (let n = 0; n < 10_000; n++) lockOut.failed(attempt(`name${n}`, `10.9.${n >> 8}.${n & 255}`));
    expect(lockOut.isAccountLocked("ada.b")).toBe(false);
  });

  test("of a known device holds for whoever has taken it", () => {
    const lockOut = new LockOut(() => 0);
    for (let n = 0; n < 5; n++) lockOut.failed(attempt("ada", `10.0.0.${n}`, "laptop"));
    expect(lockOut.isLocked(attempt("ada", "10.9.9.9", "laptop"))).toBe(true);
    expect(lockOut.isLocked(attempt("ada", "10.9.9.9"))).toBe(false);
    lockOut.succeeded(attempt("ada", "10.9.9.9", "laptop"));
    expect(lockOut.isLocked(attempt("ada", "10.9.9.9", "laptop"))).toBe(false);
  });

  test("counts an address over all the names it tries, and a network of IPv6 as one", () => {
    const lockOut = new LockOut(() => 0);
    for (let n = 0; n < 15; n++) lockOut.failed(attempt(`name${n}`, `2001:db8:1:2::${n}`));
    expect(lockOut.isLocked(attempt("another", "2001:db8:1:2:ffff::1"))).toBe(true);
    expect(lockOut.isLocked(attempt("another", "2001:0db8:1:2:0:0:0:1%eth0"))).toBe(true);
    expect(lockOut.isLocked(attempt("another", "2001:db8:1:3::1"))).toBe(false);
    const ofOne = new LockOut(() => 0);
    for (let n = 0; n < 5; n++) ofOne.failed(attempt("ada", `2001:db8:1:2::${n}`));
    expect([
      ofOne.isLocked(attempt("ada", "2001:db8:1:2:ffff::1")),
      ofOne.isLocked(attempt("ada", "2001:db8:1:3::1")),
    ]).toEqual([true, false]);
  });
});
