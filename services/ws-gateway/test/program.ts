import { ServiceProcess } from '@partyline/service/testing';

/** Starts a service as a process of its own; resolved when it is ready. */
export const start = (
  service: string,
  environment: Readonly<Record<string, string>>,
): Promise<ServiceProcess> =>
  ServiceProcess.start(new URL(`../../${service}/src/main.ts`, import.meta.url), environment);

/** The URL that a service logged it listens at. */
export const urlOf = ({ log }: ServiceProcess): string => {
  const listening = log.find(({ msg }) => msg.includes('listening on'));
  return /http:\/\/[\d.:]+/.exec(listening?.msg ?? '')?.[0] ?? '';
};
