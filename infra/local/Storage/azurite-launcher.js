'use strict';
// Started by Azurite.cs. Puts Azurite into a session of its own, so that a kill of our starter's whole process group
// leaves it the time to save its data, and passes on its exit code. The standard streams are the starter's.
const { spawn } = require('node:child_process');
const path = require('node:path');

const azurite = spawn(process.execPath, [path.join(__dirname, 'azurite-host.js'), ...process.argv.slice(2)], {
  detached: true,
  stdio: 'inherit',
});
// Ctrl+C reaches the whole group; when to end is the starter's decision, and the starter says so by closing standard input.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
azurite.on('error', error => {
  console.error(error.message);
  process.exitCode = 1;
});
azurite.on('exit', code => {
  process.exitCode = code ?? 1;
});
