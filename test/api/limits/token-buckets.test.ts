import { describe, expect, test } from "bun:test";
import { array, assert, integer, property } from "fast-check";
import { addressKey } from "../../../src/auth/address-key";
import { RateLimits } from "../../../src/api/limits/rate-limits";
import { TokenBuckets } from "../../../src/api/limits/token-buckets";
import { defaultRateLimits, withoutRateLimits } from "../../../src/config/rate-limits";

const second = 1000;

test("a whole minute's worth at once, then one every so often", () => {
  const buckets = new TokenBuckets(30);
  for (let asked = 0; asked < 30; asked++) expect(buckets.take("a", 0).allowed).toBe(true);
  expect(buckets.take("a", 0)).toEqual({ allowed: false, waitMs: 2000 });
  expect(buckets.take("b", 0).allowed).toBe(true);
  expect(buckets.take("a", 1 * second)).toEqual({ allowed: false, waitMs: 1000 });
  expect(buckets.take("a", 2 * second).allowed).toBe(true);
  expect(buckets.take("a", 2 * second).allowed).toBe(false);
});

test("an idle hour saves up no more than the bucket holds", () => {
  const buckets = new TokenBuckets(30);
  expect(buckets.take("a", 0).allowed).toBe(true);
  const hour = 3600 * second;
  const passed = Array.from({ length: 100 }, () => buckets.take("a", hour).allowed).filter(Boolean);
  expect(passed).toHaveLength(30);
});

test("whatever the times: never more than the bucket and what came into it, and after the wait it passes", () => {
  assert(
    property(
      integer({ min: 1, max: 400 }),
      array(integer({ min: 0, max: 5000 }), { maxLength: 300 }),
      (perMinute, gaps) => {
        const buckets = new TokenBuckets(perMinute);
        let now = 0;
        let passed = 0;
        for (const gap of gaps) {
          now += gap;
          const taken = buckets.take("a", now);
          if (taken.allowed) passed++;
          else {
            expect(taken.waitMs).toBeGreaterThan(0);
            expect(buckets.take("a", now + taken.waitMs - 1).allowed && taken.waitMs > 1).toBe(false);
          }
          expect(passed).toBeLessThanOrEqual(perMinute + Math.floor((now * perMinute) / 60_000 + 1e-6));
          if (!taken.allowed) {
            now += taken.waitMs;
            expect(buckets.take("a", now).allowed).toBe(true);
            passed++;
          }
        }
      },
    ),
  );
});

test("a million addresses take no more memory than the first few, and those that waited are forgotten", () => {
  const buckets = new TokenBuckets(5, 1000);
  for (let address = 0; address < 1_000_000; address++) buckets.take(`10.${address}`, 0);
  expect(buckets.size).toBeLessThanOrEqual(1001);
  // Whoever comes while all are kept shares one bucket; who was here before keeps his own.
  expect(buckets.take("new", 0).allowed).toBe(false);
  expect(buckets.take("10.1", 0).allowed).toBe(true);
  expect(buckets.take("new", 13 * second).allowed).toBe(true);
  expect(buckets.take("newer", 61 * second).allowed).toBe(true);
  expect(buckets.size).toBeLessThan(10);
});

test("Retry-After is right to the second, and 0 a minute is no limit", () => {
  const limits = new RateLimits({ ...defaultRateLimits, configRead: 0 });
  for (let asked = 0; asked < 5; asked++) expect(limits.take("configWrite", "a", 0)).toBeNull();
  expect(limits.take("configWrite", "a", 0)).toEqual({ perMinute: 5, retryAfter: 12 });
  expect(limits.take("configWrite", "a", 11.5 * second)).toEqual({ perMinute: 5, retryAfter: 1 });
  expect(limits.take("configWrite", "a", 12 * second)).toBeNull();
  for (let asked = 0; asked < 1000; asked++) expect(limits.take("configRead", "a", 0)).toBeNull();
  const off = new RateLimits(withoutRateLimits);
  for (let asked = 0; asked < 1000; asked++) expect(off.take("signIn", "a", 0)).toBeNull();
});

describe("an address of the new kind is its network", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["2001:db8:1:2:0:0:0:1", "2001:db8:1:2::/64"],
    ["2001:db8::2:0:0:0:1", "2001:db8:0:2::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:c000:207", "192.0.2.7"],
    ["0:0:0:0:0:ffff:192.0.2.7", "192.0.2.7"],
  ])("%s is %s", (address, key) => expect(addressKey(address)).toBe(key));
});
