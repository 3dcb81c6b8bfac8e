// How the desktop app is packed: the built processes and the window in one archive, what must be a file on disk beside it.
export default {
  appId: 'org.teal.workbench',
  productName: 'Teal',
  directories: { output: 'dist/packed' },
  files: [
    'dist/electron/**',
    'dist/renderer/**',
    'examples/**',
    '!**/*.map',
    '!**/{.teal,.git,.cache,logs}/**',
  ],
  // A native library, found by what knows the system's C library, is loaded from a file, and the sample projects are copied as files.
  asarUnpack: ['node_modules/@duckdb/**', 'node_modules/detect-libc/**', 'examples/**'],
  // DuckDB's binding speaks Node's stable interface, so that it fits Electron as it is.
  npmRebuild: false,
  publish: null,
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Development',
    maintainer: 'Teal',
    synopsis: 'Backfill and reprocess data safely',
  },
  mac: { target: ['dmg'], category: 'public.app-category.developer-tools' },
  win: { target: ['nsis'] },
};
