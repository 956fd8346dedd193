/**
 * Lints texts that the parent sends, as if each stood in the named file. A process of its own, because ESLint and Nx load
 * their configuration in ways that jest's module system does not know.
 *
 * in:  { id, file, text }        file from the root
 * out: { ready: true }, then { id, findings: [{ rule, message, line }] } per text
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import nx from 'nx/src/devkit-exports.js';

const [root] = process.argv.slice(2);

// Nx reads its graph again for every file unless it finds itself in a run of ESLint's command
process.argv[1] = join(createRequire(import.meta.url).resolve('eslint/package.json'), '../bin/eslint.js');

await writeGraphWithoutEdges();
const eslint = new ESLint({ cwd: root });
process.on('message', async ({ id, file, text }) => {
  const results = await eslint.lintText(text, { filePath: join(root, file) });
  const findings = results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => ({ rule: ruleId ?? 'fatal', message, line })),
  );
  process.send({ id, findings });
});
process.send({ ready: true });

/**
 * Where an import would close a circle with today's imports, Nx reports the circle and does not look at the tags. Without
 * edges every import is judged by the tags alone.
 */
async function writeGraphWithoutEdges() {
  await nx.createProjectGraphAsync({ exitOnError: false });
  const file = join(process.env.NX_WORKSPACE_DATA_DIRECTORY, 'project-graph.json');
  const graph = JSON.parse(readFileSync(file, 'utf8'));
  const dependencies = Object.fromEntries(Object.keys(graph.dependencies).map((project) => [project, []]));
  writeFileSync(file, JSON.stringify({ ...graph, dependencies }));
}
