import { describe, expect, it } from "vitest";
import { networkOf } from "../../../lambdas/start/network-of.ts";

describe("the network of an address", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:cb00:7107", "203.0.113.7"],
    ["2001:db8::1", "20010db800000000/64"],
    ["2001:0db8:0000:0000:ffff:ffff:ffff:ffff", "20010db800000000/64"],
    ["2001:db8:0:1::1", "20010db800000001/64"],
    ["fe80::1%eth0", "fe80000000000000/64"],
  ])("%s is in %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it("is the text itself where that is no address", () => {
    expect(networkOf("test-invoke-source-ip")).toBe("test-invoke-source-ip");
  });
});
