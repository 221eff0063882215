// In development graphql-js looks at every value for a second copy of itself, at a tenth of the time of a test that asks much.
// Only this module believes that it is production: nothing else that the tests run is.
const { NODE_ENV } = process.env;
process.env.NODE_ENV = "production";
require("graphql/jsutils/instanceOf");
process.env.NODE_ENV = NODE_ENV;
