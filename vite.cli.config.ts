import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  // One file that needs no packages beside it.
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      output: { entryFileNames: 'stanzascope.js', codeSplitting: false, banner: '#!/usr/bin/env node' },
    },
  },
});
