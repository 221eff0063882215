// What an export needs of the nouns beside their format.
export { lacksLicence } from "../../statement/quotation.js";
