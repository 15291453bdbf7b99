import ipaddr from "ipaddr.js";

/**
 * What tells callers at an address apart from others: the IPv4 address, or the first 64 bits of an IPv6 one, because
 * a single household has all addresses below them (RFC 6177). However the address is written, IPv4 inside IPv6
 * included.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${Buffer.from(parsed.toByteArray().slice(0, 8)).toString("hex")}/64`;
}
