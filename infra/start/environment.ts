import type { DataFolder } from './data-folder.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a system's services are told by default; what the person set themselves goes first. */
export const serviceEnvironment = (given: Environment, data: DataFolder): Environment => {
  const isSet = (name: string) => given[name] !== undefined || given[`${name}_FILE`] !== undefined;
  return {
    ...(!isSet('PARTYLINE_BUS') && { PARTYLINE_BUS: data.bus }),
    ...(!isSet('PARTYLINE_BUS_LISTEN') && { PARTYLINE_BUS_LISTEN: data.bus }),
    ...(!isSet('PARTYLINE_BUS_TOKEN') && { PARTYLINE_BUS_TOKEN_FILE: data.secrets.busToken }),
    ...(!isSet('PARTYLINE_ADMIN_TOKEN') && { PARTYLINE_ADMIN_TOKEN_FILE: data.secrets.adminToken }),
    ...given,
    PARTYLINE_DATA: data.path,
  };
};
