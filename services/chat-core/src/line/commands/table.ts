import type { CommandType } from '@partyline/protocol';
import { once } from '../moderation/once.ts';
import type { Decider } from './asked.ts';
import { away, back } from './away.ts';
import { configure, configuredAlready } from './configure.ts';
import { share, upload } from './files.ts';
import { invite } from './invite.ts';
import { close, detach, kick } from './leaving.ts';
import { mark } from './mark.ts';
import { ban, bans, mute, remove, role, slow, unban, unmute } from './moderation.ts';
import { open } from './open.ts';
import { privately } from './private.ts';
import { edit, react, takeBack } from './references.ts';
import { rename } from './rename.ts';
import { resume } from './resume.ts';
import { join, part } from './rooms.ts';
import { say } from './say.ts';
import { announce, invoke } from './services.ts';
import { setname } from './setname.ts';
import { topic } from './topic.ts';
import { typing } from './typing.ts';
import { observe, unwatch, watch, watches } from './watches.ts';

/** What decides each command. */
export const deciders: { readonly [T in CommandType]: Decider<T> } = {
  open,
  resume,
  close,
  detach,
  say,
  private: privately,
  edit,
  delete: takeBack,
  react,
  rename,
  away,
  back,
  setname,
  join,
  part,
  configure: once(configure, configuredAlready),
  invite: once(invite),
  mark,
  topic,
  typing,
  invoke,
  announce,
  upload,
  share,
  watch: once(watch),
  unwatch: once(unwatch),
  watches,
  observe,
  kick: once(kick),
  remove: once(remove),
  ban: once(ban),
  unban: once(unban),
  bans,
  mute: once(mute),
  unmute: once(unmute),
  slow: once(slow),
  role: once(role),
};
