// The pages that each desk has, as its own navigation lists them.

/** @typedef {[href: string, text: string][]} Pages */

/** @type {Pages} */
export const warehousePages = [["#/warehouse", "To be sent"], ["#/warehouse/stock", "Stock"]];
/** @type {Pages} */
export const financePages = [["#/finance", "Stuck money"], ["#/finance/disputes", "Disputes"]];
/** @type {Pages} */
export const operationsPages = [["#/operations", "How it stands"], ["#/operations/dead-letters", "Dead letters"], ["#/operations/replay", "Replay"], ["#/operations/catalogue", "Catalogue"]];
/** @type {Pages} */
export const privacyPages = [["#/privacy", "Purges"], ["#/privacy/holds", "Legal holds"], ["#/privacy/breaches", "Breaches"], ["#/privacy/person", "A person's rights"], ["#/privacy/records", "Records"]];
