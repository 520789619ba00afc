import { defineConfig } from 'vite';

/** The bench page: the modules of src, built as the product builds them, with a page of its own. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1024, emptyOutDir: true },
});
