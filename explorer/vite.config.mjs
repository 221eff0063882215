/**
 * Builds the islands: each input becomes a script with a hash in its name. They have no style sheets of their own: all styles are in
 * style.css. bin/islands.js says where.
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
    assetsDir: "",
    rollupOptions: {
      input: { search: "islands/search.ts" },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
      },
    },
  },
};
