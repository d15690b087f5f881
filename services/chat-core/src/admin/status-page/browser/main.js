import { ask, kept } from './asking.js';
import { h, show } from './dom.js';
import { tiles } from './numbers.js';
import { slowReaders } from './slow.js';
import { say, time } from './texts.js';
import { topology } from './topology.js';

/**
 * @typedef {import('./asking.js').Answer} Answer
 * @typedef {import('../../../status/shape.ts').Status} Status
 */

/** How often chat-core is asked; instances tell as often. */
const ASK_MS = 2_000;

/**
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} type
 * @returns {E}
 */
const part = (id, type) => {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${id}`);
};

const door = part('door', HTMLFormElement);
const field = part('token', HTMLInputElement);
const board = part('board', HTMLElement);
const state = part('state', HTMLElement);
const controls = part('controls', HTMLElement);
const pause = part('pause', HTMLButtonElement);
const leave = part('leave', HTMLButtonElement);
const title = document.title;

/** When what is shown was told, once something is. */
let shownAt = 0;
let isPaused = false;
/** Another one means that what was asked before is of no interest. */
let round = 0;

/**
 * Said by screen readers when it is another text.
 *
 * @param {string} text
 * @param {'calm' | 'alarm'} mood
 */
const tell = (text, mood = 'calm') => {
  if (state.textContent !== text) state.textContent = text;
  state.className = `state ${mood}`;
  board.classList.toggle('stale', mood === 'alarm');
};

/** @param {Status['concerns'][number]} concern */
const concern = ({ level, text }) =>
  h('li', { class: level }, h('strong', {}, say(level)), ' ', text);

/** @param {Status} status */
const draw = (status) => {
  const { concerns } = status;
  show(
    part('concerns', HTMLElement),
    concerns.length === 0 ? h('p', {}, say('noConcerns')) : h('ul', {}, ...concerns.map(concern)),
  );
  show(part('numbers', HTMLElement), ...tiles(status));
  show(part('topology', HTMLElement), topology(status));
  show(part('slow', HTMLElement), ...slowReaders(status));
  document.title = concerns.length === 0 ? title : `(${concerns.length}) ${title}`;
};

/** @param {string} why */
const lock = (why) => {
  round += 1;
  kept.token = '';
  shownAt = 0;
  board.hidden = true;
  controls.hidden = true;
  door.hidden = false;
  document.title = title;
  tell(why, why === '' ? 'calm' : 'alarm');
  field.focus();
};

/** @param {Answer} answer */
const take = (answer) => {
  switch (answer.type) {
    case 'told':
      shownAt = Date.now();
      board.hidden = false;
      draw(answer.status);
      tell(say('live'));
      break;
    case 'locked':
      lock(say('tokenWrong'));
      break;
    case 'away':
      tell(shownAt === 0 ? say('awayYet') : say('away', { time: time(shownAt) }), 'alarm');
      break;
    case 'refused': {
      const { why } = answer;
      const told = { why, time: time(shownAt) };
      tell(shownAt === 0 ? say('refusedYet', told) : say('refused', told), 'alarm');
      break;
    }
  }
};

/** Asks again and again, while somebody may look. */
const watch = async () => {
  round += 1;
  const mine = round;
  while (mine === round && !isPaused && !document.hidden && kept.token !== '') {
    const answer = await ask(kept.token);
    if (mine !== round) return;
    take(answer);
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
};

const begin = () => {
  door.hidden = true;
  controls.hidden = false;
  tell(say('loading'));
  void watch();
};

door.addEventListener('submit', (event) => {
  event.preventDefault();
  kept.token = field.value.trim();
  field.value = '';
  begin();
});
leave.addEventListener('click', () => lock(''));
pause.addEventListener('click', () => {
  isPaused = !isPaused;
  pause.setAttribute('aria-pressed', String(isPaused));
  if (isPaused) {
    round += 1;
    tell(say('paused', { time: time(shownAt) }));
  } else void watch();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && kept.token !== '') void watch();
});

if (kept.token === '') lock('');
else begin();
