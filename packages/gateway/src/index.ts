export * from './clock.ts';
export * from './close-reason.ts';
export * from './connection.ts';
export * from './dialect.ts';
export * from './line.ts';
