/** Capabilities (https://ircv3.net/specs/extensions/capability-negotiation), with their values. */
export const capabilities = {
  'account-notify': '',
  'account-tag': '',
  'away-notify': '',
  batch: '',
  'cap-notify': '',
  chghost: '',
  'draft/account-registration': '',
  'draft/chathistory': '',
  'draft/event-playback': '',
  'draft/message-redaction': '',
  'draft/read-marker': '',
  'echo-message': '',
  'extended-join': '',
  'invite-notify': '',
  'labeled-response': '',
  'message-tags': '',
  'multi-prefix': '',
  sasl: 'PLAIN,EXTERNAL',
  'server-time': '',
  setname: '',
  'standard-replies': '',
  'userhost-in-names': '',
} as const;

export type CapabilityName = keyof typeof capabilities;
export type Capabilities = ReadonlySet<CapabilityName>;

export const isCapability = (name: string): name is CapabilityName =>
  Object.hasOwn(capabilities, name);

/** Every capability, as one client of a version is told of it. */
export const offered = (version: number): readonly string[] =>
  Object.entries(capabilities).map(([name, value]) =>
    version >= 302 && value !== '' ? `${name}=${value}` : name,
  );
