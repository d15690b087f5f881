/** Everything that changes a `Talk`, as one name: `talking.hear`, `talking.goTo` … */
export { hear } from './hear.ts';
export * from './talk.ts';
