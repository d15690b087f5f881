import type { Table } from '../tables.ts';
import type { AuditRow, BanRow, MuteRow, PaceRow, RoleRow } from './rows.ts';

export const rolesTable: Table<RoleRow> = {
  name: 'roles',
  key: ['room', 'person'],
  columns: { room: 'text', person: 'text', role: 'text' },
};

export const mutesTable: Table<MuteRow> = {
  name: 'mutes',
  key: ['room', 'person'],
  columns: {
    room: 'text',
    person: 'text',
    until: 'integer',
    reason: 'text',
    by: 'text',
    at: 'integer',
  },
};

export const pacesTable: Table<PaceRow> = {
  name: 'paces',
  key: ['room', 'person'],
  columns: { room: 'text', person: 'text', at: 'integer' },
};

export const bansTable: Table<BanRow> = {
  name: 'bans',
  key: ['room', 'subject'],
  columns: {
    room: 'text',
    subject: 'text',
    who: 'text',
    person: 'text',
    until: 'integer',
    reason: 'text',
    by: 'text',
    at: 'integer',
  },
};

export const auditTable: Table<AuditRow> = {
  name: 'audit',
  key: ['n'],
  columns: {
    n: 'integer',
    at: 'integer',
    by: 'text',
    person: 'text',
    deed: 'text',
    room: 'text',
    target: 'text',
    detail: 'text',
    reason: 'text',
    id: 'text',
    token: 'text',
  },
};
