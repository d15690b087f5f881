/** The UDP port of discovery, announcements and feeds, on both families. */
export const LAN_PORT = 7020;

/** The multicast groups that announcements and feeds are sent to: RFC 2365's local scope, IPv6 link and site. */
export const LAN_GROUPS = ['239.77.7.1', 'ff02::7077', 'ff05::7077'] as const;

/** What a datagram holds without being sent in fragments anywhere: the least MTU of IPv6 (RFC 8200 §5), less the headers. */
export const UNFRAGMENTED_BYTES = 1_232;

/** The most that a datagram can hold at all, over IPv4. */
export const DATAGRAM_BYTES = 65_507;
