import type { TestProject } from 'vitest/node';
import { composeOf } from './compose.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The compose project that is up. */
    readonly composeProject: string;
  }
}

/** Brings the system up as `docker compose up --build` does, under a name of its own; afterwards nothing of it is left. */
export default (project: TestProject): (() => void) => {
  const name = `partyline-test-${process.pid}`;
  const { compose } = composeOf(name);
  const down = (): void => void compose('down', '--volumes', '--timeout', '10');
  try {
    compose('up', '--build', '--wait', '--quiet-pull');
  } catch (error) {
    console.error(compose('logs', '--no-color', '--tail', '30'));
    down();
    throw error;
  }
  project.provide('composeProject', name);
  return down;
};
