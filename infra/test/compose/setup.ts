import type { TestProject } from 'vitest/node';
import { composeOf, edgeIsReady, newProject, type Project } from './compose.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What is up. */
    readonly composeProject: Project;
  }
}

/** Brings the system up as `docker compose up --build` does, under a name of its own; afterwards nothing of it is left. */
export default async (project: TestProject): Promise<() => void> => {
  const it = await newProject(`partyline-test-${process.pid}`);
  const { compose } = composeOf(it);
  const down = (): void => void compose('down', '--volumes', '--timeout', '10');
  try {
    compose('up', '--build', '--wait', '--quiet-pull');
    await edgeIsReady(compose);
  } catch (error) {
    console.error(compose('logs', '--no-color', '--tail', '30'));
    down();
    throw error;
  }
  project.provide('composeProject', it);
  return down;
};
