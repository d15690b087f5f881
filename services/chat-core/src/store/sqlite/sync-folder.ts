import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Has what was renamed in a folder, or deleted, be so after a crash of the machine. */
export const syncFolder = (folder: string): void => {
  // Windows opens no folders, and keeps their changes by itself.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};
