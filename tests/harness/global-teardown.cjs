module.exports = () => globalThis.tearDownTests();
