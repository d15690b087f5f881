export * from './clock.ts';
export * from './close-reason.ts';
export * from './connection.ts';
export type { Metric } from './counts.ts';
export * from './dialect.ts';
export * from './gateway.ts';
export * from './line.ts';
export * from './pace.ts';
export * from './plain-address.ts';
