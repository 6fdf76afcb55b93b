import { describe, expect, test } from "bun:test";
import { addressKey, plainAddress } from "../../src/auth/address-key";

describe("whose share it is", () => {
  test.each([
    ["198.51.100.9", "198.51.100.9"],
    ["::ffff:198.51.100.9", "198.51.100.9"],
    ["::FFFF:c633:6409", "198.51.100.9"],
    ["0:0:0:0:0:ffff:198.51.100.9", "198.51.100.9"],
    ["2001:db8:1:2::7", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::7", "2001:db8:1:3::/64"],
    ["2001:db8::7", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    // Not the mapped form, though it ends like it.
    ["1::ffff:198.51.100.9", "1:0:0:0::/64"],
    ["unknown", "unknown"],
    ["no:address", "no:address"],
  ])("%s is %s", (address, key) => expect(addressKey(address)).toBe(key));
});

describe("an address as it is compared", () => {
  test.each([
    ["198.51.100.9", "198.51.100.9"],
    ["::FFFF:198.51.100.9", "198.51.100.9"],
    ["0:0:0:0:0:FFFF:c633:6409", "198.51.100.9"],
    ["2001:DB8::1", "2001:db8::1"],
    ["FE80::1%eth0", "fe80::1"],
  ])("%s is %s", (address, plain) => expect(plainAddress(address)).toBe(plain));
});
