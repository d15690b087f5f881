export * from './datagram.ts';
export * from './feed/listen.ts';
export * from './feed/receiver.ts';
export * from './groups.ts';
export * from './seal.ts';
