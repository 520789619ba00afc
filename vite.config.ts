import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { listShared, readShared } from './tests/browser/commands.ts';

const chromium = process.env['CHROMIUM_PATH'];

/** Milliseconds for a test: many times what any takes alone, for a limit is there to end what hangs. */
const MOST = 300_000;

export default defineConfig({
  base: './',
  plugins: [
    svelte(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        id: './',
        name: 'Vélolac',
        short_name: 'Vélolac',
        description:
          'Records the bikes and docks of Paris’ Vélib’ every minute, keeps them in your browser, and answers questions about them, offline too.',
        lang: 'en',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f6f5f1',
        theme_color: '#ffffff',
        categories: ['travel', 'utilities', 'navigation'],
        shortcuts: [
          { name: 'Now', url: './#/' },
          { name: 'Lake', url: './#/lake' },
          { name: 'Health', url: './#/health' },
          { name: 'History', url: './#/history' },
        ],
        screenshots: [
          {
            src: 'screenshots/narrow.webp',
            sizes: '780x1688',
            type: 'image/webp',
            form_factor: 'narrow',
            label: 'Now, on a phone: the stations’ bikes and docks on the map',
          },
          {
            src: 'screenshots/wide.webp',
            sizes: '1440x900',
            type: 'image/webp',
            form_factor: 'wide',
            label: 'Now: the map, the network’s totals and the answers beside it',
          },
        ],
        icons: [
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,wasm,woff2,json,bin,png,svg,webmanifest}'],
        maximumFileSizeToCacheInBytes: 24 * 1024 * 1024,
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  worker: { format: 'es' },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1024 },
  optimizeDeps: { exclude: ['@duckdb/duckdb-wasm'] },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: MOST,
          hookTimeout: MOST,
          server: { deps: { inline: ['dt-sql-parser'] } },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: MOST,
          hookTimeout: MOST,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: { listShared, readShared },
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: [
                  '--no-sandbox',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
