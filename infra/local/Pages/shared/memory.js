// What a browser may keep for these pages: nothing about a person. The session is kept by sign-in.js, in memory only.

/** @param {Storage} storage */
const keptIn = (storage) => ({
  /** @param {string} name @returns {any} Null where nothing is, or nothing that can be read. */
  get(name) {
    try {
      return JSON.parse(storage.getItem(`shop.${name}`) ?? "null");
    } catch {
      // Somebody else wrote there, or the browser was stopped in the middle: as good as nothing.
      return null;
    }
  },
  /** @param {string} name @param {unknown} value */
  set: (name, value) => storage.setItem(`shop.${name}`, JSON.stringify(value)),
  /** @param {string} name */
  drop: (name) => storage.removeItem(`shop.${name}`),
  clear: () => storage.clear(),
});

/** What this tab remembers, and forgets when it is closed. */
export const memory = keptIn(sessionStorage);

/** What all tabs remember. */
export const common = keptIn(localStorage);
