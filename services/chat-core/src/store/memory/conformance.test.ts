import { storeConformance } from '../test/conformance.ts';
import { createMemoryStore } from './store.ts';

storeConformance('the store in memory', async () => ({
  open: async () => createMemoryStore(),
  clean: async () => {},
}));
