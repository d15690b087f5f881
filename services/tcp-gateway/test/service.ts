import { ServiceProcess } from '@partyline/service/testing';

type Environment = Readonly<Record<string, string>>;

const programOf = (service: string): URL =>
  new URL(`../../${service}/src/main.ts`, import.meta.url);

/** Starts a service as a process of its own; resolved when it is ready. */
export const start = (service: string, environment: Environment): Promise<ServiceProcess> =>
  ServiceProcess.start(programOf(service), environment);

/** Starts a service that is expected not to be able to; its exit code and the last it said. */
export const fail = async (service: string, environment: Environment) => {
  await using failing = new ServiceProcess(programOf(service), environment);
  const code = await failing.ended;
  return { code, said: failing.log.at(-1)?.msg };
};
