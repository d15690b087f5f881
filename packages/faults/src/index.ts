export * from './cli.ts';
export * from './client.ts';
export * from './log.ts';
export * from './ports.ts';
export * from './process.ts';
export * from './system.ts';
export * from './verdict.ts';
export * from './wire.ts';
