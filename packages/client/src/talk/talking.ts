/** Everything that changes a `Talk`, as one name: `talking.hear`, `talking.goTo` … */
export { recalled } from './entering.ts';
export { hear } from './hear.ts';
export * from './talk.ts';
