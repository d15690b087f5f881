import type { Draft } from '../draft.ts';
import type { TaskAnswers, TaskOf, TaskType } from '../work.ts';
import { identify, login, register } from './accounts.ts';
import { dismiss, employ, retoken, used } from './bots.ts';
import { certify, decertify, revoke } from './certificates.ts';
import { delivered, hook } from './hooks.ts';
import { attach, hello, lapse, leave, renew } from './instances.ts';
import { forgive, mistake } from './lockouts.ts';
import { noted } from './noted.ts';
import { expel, forget, reset } from './operated-accounts.ts';
import { sweep, wake } from './time.ts';
import { annul, mint } from './tokens.ts';
import { deployment, look } from './watches.ts';

/** What decides each task. */
export const tasks: {
  readonly [T in TaskType]: (draft: Draft, task: TaskOf<T>) => TaskAnswers[T];
} = {
  wake,
  hello,
  leave,
  attach,
  lapse,
  renew,
  sweep,
  reset,
  expel,
  forget,
  employ,
  retoken,
  used,
  hook,
  delivered,
  look,
  deployment,
  dismiss,
  register,
  identify,
  login,
  certify,
  decertify,
  revoke,
  noted,
  mint,
  annul,
  mistake,
  forgive,
};
