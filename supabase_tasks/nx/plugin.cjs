'use strict';

// Nx inference plugin of supabase-tasks (Nx 20 to 24): every folder with supabase/config.toml and a pyproject.toml that
// has [tool.supabase-tasks] gets the tasks as targets. It reads these two files and nothing else: no Python is started.
// Register it under "plugins" in nx.json; `inv nx-sync --plugin` writes both. Generated targets: targets.json.

const { readFileSync } = require('node:fs');
const { dirname, join, posix } = require('node:path');
const TARGETS = require('./targets.json');

const CONFIG = '**/supabase/config.toml';
const SECTION = /^\s*\[\s*tool\s*\.\s*supabase-tasks\s*(?:\.\s*(.+?)\s*)?\]\s*(?:#.*)?$/;
const ANY_SECTION = /^\s*\[/;
const NAME = /^["']?([a-z0-9-]+)["']?$/;

/** What the plugin needs of pyproject.toml, or null when it has no section of ours. */
function settingsOf(text) {
  const found = { project: null, targets: new Set(TARGETS.defaultTargets) };
  let section = null;
  let ours = false;
  for (const line of text.split(/\r?\n/)) {
    const header = SECTION.exec(line);
    if (header) {
      ours = true;
      section = header[1] || '';
      const named = /^targets\s*\.\s*(.+)$/.exec(section);
      const name = named && NAME.exec(named[1]);
      if (name) found.targets.add(name[1]);
    } else if (ANY_SECTION.test(line)) {
      section = null;
    } else if (section === '') {
      const project = /^\s*project\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(line);
      if (project) found.project = project[1] || project[2];
    } else if (section === 'targets') {
      const key = /^\s*["']?([a-z0-9-]+)["']?\s*=/.exec(line);
      if (key) found.targets.add(key[1]);
    }
  }
  return ours ? found : null;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Whether another file of the folder names the project: that name is the one people know. */
function named(folder) {
  return ['project.json', 'package.json'].some((file) => {
    const text = read(join(folder, file));
    try {
      return text !== null && Boolean(JSON.parse(text).name);
    } catch {
      return false;
    }
  });
}

function rendered(template, root) {
  const prefix = root === '.' ? '' : `${root}/`;
  return JSON.parse(JSON.stringify(template).split('{pythonRoot}').join(prefix));
}

function targetsFor(settings, root) {
  const targets = {};
  const groups = {};
  const add = (name, template, group) => {
    targets[name] = rendered(template, root);
    (groups[group] = groups[group] || []).push(name);
  };
  for (const [name, { group, target }] of Object.entries(TARGETS.local)) add(name, target, group);
  for (const hosted of settings.targets) {
    for (const [pattern, { target }] of Object.entries(TARGETS.hosted)) {
      const text = JSON.stringify(target).split('{target}').join(hosted);
      add(pattern.replace('{target}', hosted), JSON.parse(text), `supabase ${hosted}`);
    }
  }
  return { targets, groups };
}

function infer(configFile, options, context) {
  for (const key of Object.keys(options || {})) {
    throw new Error(`supabase-tasks: the plugin has no option "${key}" (nx.json, plugins)`);
  }
  const root = dirname(dirname(configFile)).split('\\').join(posix.sep) || '.';
  const folder = join(context.workspaceRoot, root);
  const text = read(join(folder, 'pyproject.toml'));
  const settings = text === null ? null : settingsOf(text);
  if (settings === null) return {};
  const { targets, groups } = targetsFor(settings, root);
  const name = settings.project || (root === '.' ? null : posix.basename(root));
  return {
    projects: {
      [root]: {
        root,
        ...(named(folder) || name === null ? {} : { name }),
        namedInputs: TARGETS.namedInputs,
        targets,
        metadata: { technologies: TARGETS.technologies, targetGroups: groups },
      },
    },
  };
}

// Nx 22 and later call createNodes with all files at once, earlier majors with one; those ask for createNodesV2 first.
const createNodes = [
  CONFIG,
  (files, options, context) =>
    Array.isArray(files) ? files.map((file) => [file, infer(file, options, context)]) : infer(files, options, context),
];

module.exports = { name: 'supabase-tasks', createNodes, createNodesV2: createNodes };
