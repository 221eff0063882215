/**
 * Builds the islands: each input becomes a script and, if it imports one, a style sheet, with hashes in their names.
 * bin/islands.js says where.
 *
 * @type {import("vite").UserConfig}
 */
export default {
  root: import.meta.dirname,
  publicDir: false,
  logLevel: "warn",
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    assetsDir: "",
    rollupOptions: {
      input: { search: "islands/search.ts" },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
};
