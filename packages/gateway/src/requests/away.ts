import { isProblem } from '@partyline/protocol';
import type { MemberHandler } from './desk.ts';

/** Says that the client does not read for a while. */
export const away: MemberHandler<'away'> = async (desk, { text }) => {
  const told = text === undefined ? {} : { text };
  const receipt = await desk.publish('done', { type: 'away', ...told });
  return isProblem(receipt) ? receipt : { type: 'away', ...told };
};

/** Says what the person is called besides the nick. */
export const setname: MemberHandler<'setname'> = async (desk, { realName }) => {
  const receipt = await desk.publish('done', { type: 'setname', realName });
  return isProblem(receipt) ? receipt : { type: 'setname', realName };
};

export const back: MemberHandler<'back'> = async (desk) => {
  const receipt = await desk.publish('done', { type: 'back' });
  return isProblem(receipt) ? receipt : { type: 'back' };
};
