'use strict';
// Runs Azurite (the modules in node_modules/) until standard input ends, then lets it save its data and exits.
// The other end of standard input is held by the process that started us: however that ends, we learn of it.
//
// Arguments: the file that says who uses the data ("-": none, all is in memory), the starter's process id, then Azurite's own.
const fs = require('node:fs');
const path = require('node:path');

const [ownerFile, starter, ...azuriteArguments] = process.argv.slice(2);
const azuriteFolder = path.join(__dirname, 'node_modules', 'azurite');
const keepsData = ownerFile !== '-';
const longestSaveMs = 60_000;
const longestAnswerMs = 30_000;
const servers = [];
const answering = new Set();
const saves = new Set();
let closing = false;

function claimData() {
  const claim = JSON.stringify({ pid: process.pid, starter: Number(starter) });
  // "wx" fails where the file exists, so that of two at once only one gets the data.
  // The starter has already waited for an earlier owner and removed what a dead one left behind.
  fs.writeFileSync(ownerFile, claim, { flag: 'wx' });
  process.on('exit', () => fs.rmSync(ownerFile, { force: true }));
}

// A database counts as saved from the moment its save begins, and closing it does not wait for that save to end.
function rememberSaves() {
  const Loki = require(require.resolve('lokijs', { paths: [azuriteFolder] }));
  const save = Loki.prototype.saveDatabaseInternal;
  Loki.prototype.saveDatabaseInternal = function (callback) {
    const saved = new Promise(resolve => {
      save.call(this, error => {
        resolve();
        if (callback) callback(error);
        else if (error) throw error;
      });
    });
    saves.add(saved);
    saved.then(() => saves.delete(saved));
  };
}

// Azurite saves every five seconds. A small store is saved in a millisecond or two, so it can be saved more often;
// a large one less, such that saving takes at most a twentieth of the time.
function saveSooner() {
  const Loki = require(require.resolve('lokijs', { paths: [azuriteFolder] }));
  Loki.prototype.autosaveEnable = function (_options, callback) {
    this.autosave = true;
    const schedule = delay => {
      this.autosaveHandle = setTimeout(() => {
        const began = performance.now();
        if (this.autosaveDirty()) this.saveDatabase(callback);
        if (this.autosaveHandle) schedule(Math.min(5000, Math.max(500, 20 * (performance.now() - began))));
      }, delay);
    };
    schedule(500);
  };
  Loki.prototype.autosaveDisable = function () {
    clearTimeout(this.autosaveHandle);
    this.autosaveHandle = undefined;
  };
}

function collectServers() {
  const ServerBase = require(path.join(azuriteFolder, 'dist/src/common/ServerBase')).default;
  const start = ServerBase.prototype.start;
  ServerBase.prototype.start = function () {
    servers.push(this);
    for (const listener of this.httpServer.rawListeners('request')) {
      this.httpServer.removeListener('request', listener);
      this.httpServer.on('request', (request, response) => {
        if (closing) return request.destroy();
        answering.add(response);
        response.on('close', () => answering.delete(response));
        return listener.call(this.httpServer, request, response);
      });
    }
    return start.call(this);
  };
}

// What was begun is finished before the last save: nobody is cut off, and whoever is answered can rely on it.
async function finishAnswers() {
  const began = performance.now();
  while (answering.size > 0 && performance.now() - began < longestAnswerMs) await new Promise(resolve => setTimeout(resolve, 5));
}

// A person can move the shop's clock; messages that were hidden until a time are due when it has come. The file says how far
// the clock is ahead, in ticks of 100 nanoseconds.
function followClock(file) {
  const descriptor = fs.openSync(file, 'r');
  const ticks = Buffer.alloc(8);
  const machine = Date;
  const now = () => {
    fs.readSync(descriptor, ticks, 0, ticks.length, 0);
    return machine.now() + Number(ticks.readBigInt64LE() / 10_000n);
  };
  globalThis.Date = new Proxy(machine, {
    construct: (target, values, made) => Reflect.construct(target, values.length > 0 ? values : [now()], made),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

async function end() {
  if (closing) return;
  closing = true;
  setTimeout(() => process.exit(1), longestSaveMs).unref();
  if (keepsData) await finishAnswers();
  if (keepsData) await Promise.allSettled(servers.map(server => server.close()));
  while (saves.size > 0) await Promise.all(saves);
  process.exit(0);
}

// Our starter may be gone: writing to it must not end us before the data is saved.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
process.on('unhandledRejection', error => {
  // Azurite's own signal handler closes a second time, which is refused.
  if (closing) return;
  console.error(error);
  process.exit(1);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
process.stdin.on('end', end).on('close', end).on('error', end).resume();

if (keepsData) claimData();
if (process.env.SHOP_CLOCK_FILE) followClock(process.env.SHOP_CLOCK_FILE);
rememberSaves();
saveSooner();
collectServers();
process.argv = [process.argv[0], path.join(azuriteFolder, 'dist/src/azurite.js'), ...azuriteArguments];
require(process.argv[1]);
