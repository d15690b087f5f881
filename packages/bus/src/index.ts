export type { Identity, Login } from './api.ts';
export { type Bus, type BusOptions, createBus } from './bus.ts';
export type { Log } from './log.ts';
export type { BusWatch } from './watch.ts';
