// Turns build/layers.json, the one table of allowed imports, into dependency-cruiser's rules.
const { groups, onlyIn, rooms, roots } = require('./build/layers.json');

const anyRoom = `^(${[...roots, 'test', 'build', 'docs', 'examples'].join('|')})/`;
const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const inRooms = (names) => (names.length > 0 ? `^(${names.join('|')})/` : '^$');
const packages = (names) => names.flatMap((name) => groups[name] ?? [name]);
const packagePath = (name) =>
  `node_modules/(@types/)?${name.endsWith('/*') ? `${escaped(name.slice(0, -1))}[^/]+` : escaped(name)}/`;

function layerRules(room, { may, types = [], npm = [], builtins = false }) {
  const from = { path: `^${room}/` };
  const comment = `${room} may import: ${[...may, ...types.map((name) => `types of ${name}`)].join(', ') || 'nothing'}`;
  const onlyTypes = types.filter((name) => !may.includes(name));
  const allowed = packages(npm);
  return [
    rule(`layer ${room}`, comment, from, { path: anyRoom, pathNot: inRooms([room, ...may, ...types]) }),
    ...(onlyTypes.length > 0
      ? [
          rule(`types-only ${room}`, comment, from, {
            path: inRooms(onlyTypes),
            pathNot: inRooms([room, ...may]),
            dependencyTypesNot: ['type-only'],
          }),
        ]
      : []),
    rule(`npm ${room}`, `packages allowed in ${room}: ${allowed.join(', ') || 'none'}`, from, {
      path: 'node_modules/',
      ...(allowed.length > 0 ? { pathNot: allowed.map(packagePath) } : {}),
    }),
    ...(builtins
      ? []
      : [rule(`builtin ${room}`, `${room} runs without Node`, from, { dependencyTypes: ['core'] })]),
  ];
}

function rule(name, comment, from, to) {
  return { name: name.replaceAll(/[ /@]+/g, '-'), severity: 'error', comment, from, to };
}

const everyRoom = Object.keys(rooms);

module.exports = {
  forbidden: [
    rule('no-cycle', 'an import cycle', {}, { circular: true }),
    rule(
      'unresolved',
      'the import leads nowhere',
      {},
      { couldNotResolve: true, pathNot: '\\?(url|worker|raw|inline)' },
    ),
    rule('no-test-import', 'nothing imports test', { pathNot: '^test/' }, { path: '^test/' }),
    rule(
      'unknown-room',
      'the folder is not in build/layers.json',
      { path: `^(${roots.join('|')})/`, pathNot: inRooms(everyRoom) },
      {},
    ),
    rule(
      'unknown-room-target',
      'the folder is not in build/layers.json',
      {},
      { path: `^(${roots.join('|')})/`, pathNot: inRooms(everyRoom) },
    ),
    rule(
      'build-imports-no-room',
      'build holds recipes, not product code',
      { path: '^build/' },
      { path: anyRoom, pathNot: '^build/' },
    ),
    rule(
      'feature-public-file',
      'a feature is seen only through renderer/features/<name>/<name>.tsx',
      { path: '^renderer/features/([^/]+)/' },
      {
        path: '^renderer/features/',
        pathNot: ['^renderer/features/$1/', '^renderer/features/([^/]+)/\\1\\.tsx$'],
      },
    ),
    rule(
      'feature-public-file-outside',
      'a feature is seen only through renderer/features/<name>/<name>.tsx',
      { pathNot: '^(renderer/features|test)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/([^/]+)/\\1\\.tsx$' },
    ),
    ...Object.entries(onlyIn).map(([name, places]) =>
      rule(
        `only-in ${name}`,
        `${name} belongs to ${places.join(', ')}`,
        { pathNot: inRooms(places) },
        {
          path: packagePath(name),
          ...(name === 'electron' ? { dependencyTypesNot: ['type-only'] } : {}),
        },
      ),
    ),
    ...Object.entries(rooms).flatMap(([room, permissions]) => layerRules(room, permissions)),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|test/fixtures)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.cjs', '.json', '.css'],
    },
  },
};
