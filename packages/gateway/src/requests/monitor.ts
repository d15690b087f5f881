import type { MemberHandler } from './desk.ts';
import { people } from './people.ts';

/** Monitors people, and tells who of them is there: looked for after the line tells who comes and goes. */
export const monitor: MemberHandler<'monitor'> = async (desk, { nicks }, member) => {
  await desk.monitor(nicks);
  return people(desk, { type: 'people', nicks }, member);
};

export const unmonitor: MemberHandler<'unmonitor'> = async (desk, { nicks }) => {
  desk.unmonitor(nicks);
  return undefined;
};
