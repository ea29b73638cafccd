// The privacy officer's desk: which page of it is shown.
import { showBreach, showBreaches } from "./breaches.js";
import { showHolds } from "./holds.js";
import { showPerson } from "./person.js";
import { showPurges } from "./purges.js";
import { showRecords } from "./records.js";

/** @param {string} page @param {string} id */
export function showPrivacy(page, id) {
  if (page === "breaches") return id ? showBreach(id) : showBreaches();
  if (page === "holds") return showHolds();
  if (page === "person") return showPerson();
  return page === "records" ? showRecords() : showPurges();
}
