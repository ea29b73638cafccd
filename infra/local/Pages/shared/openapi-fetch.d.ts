// The shop serves the package at this address, so that no bundler stands between these modules and the browser.
export * from "openapi-fetch";
export { default } from "openapi-fetch";
