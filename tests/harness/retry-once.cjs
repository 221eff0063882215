/* global jest */
// On a loaded machine Chromium now and then doesn't answer in time, whatever the page; what fails twice is ours.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
